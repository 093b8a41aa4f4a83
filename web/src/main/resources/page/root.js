/**
 * Where this page is: the way to the server's root, and to another web client if one is hosted
 * there. Below /tutti/ the server answers with another one of these.
 */
export const ROOT = './';
export const GUEST = '';

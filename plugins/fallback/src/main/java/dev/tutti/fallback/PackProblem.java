package dev.tutti.fallback;

/** Why no pack can be made of something; one sentence, for the user who sent it. */
final class PackProblem extends Exception {
  private static final long serialVersionUID = 1L;

  PackProblem(String sentence) {
    super(sentence);
  }
}

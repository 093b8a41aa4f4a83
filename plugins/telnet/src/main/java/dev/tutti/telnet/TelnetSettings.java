package dev.tutti.telnet;

import dev.tutti.api.Default;
import dev.tutti.api.Doc;
import dev.tutti.api.Range;

/** The table {@code [plugins.telnet]}. */
record TelnetSettings(
    @Doc("whether lines of text are taken at all") @Default("false") boolean enabled,
    @Doc(
            "the address they are taken at; beyond this machine they, and a token, can be read by"
                + " whoever is on the way")
        @Default("127.0.0.1")
        String bind,
    @Doc("the TCP port; 0: any free one") @Default("1234") @Range(min = 0, max = 65_535)
        int port) {}

package dev.tutti.web;

import dev.tutti.api.Default;
import dev.tutti.api.Doc;
import java.nio.file.Path;

/** The table {@code [plugins.web]}. */
@Doc("The web page")
public record WebSettings(
    @Doc(
            "A folder with another web client for Snapcast, such as Snapweb, as snapserver's doc_root:"
                + " it appears at /, Tutti's own page at /tutti/.")
        @Default("")
        Path docRoot) {}

/** The command line: one class for each command of {@code ./wenliu}. */
package io.github.wenliu.pipeline.cli;

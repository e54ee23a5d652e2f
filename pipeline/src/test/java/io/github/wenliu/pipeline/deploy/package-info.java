/** Checks that what {@code deploy/} ships agrees with the code and with what will read it. */
package io.github.wenliu.pipeline.deploy;

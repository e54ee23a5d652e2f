/**
 * One YAML file configures the job: every key is declared once, read once, and handed on as typed
 * parameters.
 */
package io.github.wenliu.pipeline.config;

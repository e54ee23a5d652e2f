/**
 * Running models: packages of files with their manifest and checksums, sessions of ONNX Runtime
 * that a process shares, and the batcher that many callers feed. Knows nothing of what the numbers
 * mean.
 */
package io.github.wenliu.models.inference;

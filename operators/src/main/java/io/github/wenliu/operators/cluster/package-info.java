/** Communities: which words belong together, learned from the documents that pass. */
package io.github.wenliu.operators.cluster;

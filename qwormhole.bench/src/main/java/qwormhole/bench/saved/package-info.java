/** Results as they are read back from their files, for reports and comparisons. */
package qwormhole.bench.saved;

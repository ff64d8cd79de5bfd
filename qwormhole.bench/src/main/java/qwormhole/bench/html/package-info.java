/**
 * Pages to look at: one file each, without script and without anything from elsewhere. Charts are
 * SVG whose horizontal positions are percentages, so that text keeps its size at any width.
 */
package qwormhole.bench.html;

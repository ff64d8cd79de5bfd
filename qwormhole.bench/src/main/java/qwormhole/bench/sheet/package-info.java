/** Results as tables for other programs: CSV and Markdown. */
package qwormhole.bench.sheet;

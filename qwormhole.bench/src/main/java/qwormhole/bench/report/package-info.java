/** Results: rows with their raw data, the conditions they hold under, and how they are shown. */
package qwormhole.bench.report;

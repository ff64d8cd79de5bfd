/** The command line of the bench. */
package qwormhole.bench;

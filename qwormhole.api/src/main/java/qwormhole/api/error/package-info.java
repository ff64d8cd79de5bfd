/** Error codes and the one exception type: what went wrong, for programs and for people. */
package qwormhole.api.error;

/** Endpoints as Micrometer meters, where the application brings Micrometer. */
package qwormhole.api.micrometer;

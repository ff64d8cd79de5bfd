/**
 * Which provider carries the bytes, why, and what next when it fails. The only place that knows
 * {@link java.util.ServiceLoader}; start reading at {@link
 * qwormhole.api.internal.select.ProviderSelector#open}.
 */
package qwormhole.api.internal.select;

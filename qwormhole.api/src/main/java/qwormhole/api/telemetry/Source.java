package qwormhole.api.telemetry;

import java.util.Objects;

/**
 * Where an event comes from, for dashboards: an endpoint's side and what carries its bytes. An
 * endpoint makes one for each transport it opens, and all events over that transport share it.
 *
 * @param side {@code server} or {@code client}
 * @param transport {@code java} or {@code native}
 * @param backend the provider's id: {@code java}, {@code lws}, {@code libsocket}, ...
 * @param mode as {@code QWormholeServer.mode()} says it: {@code java}, {@code native-lws}, ...
 * @param platform operating system and architecture, such as {@code linux-amd64}
 * @param jvm name and version of the virtual machine
 * @param fallbackReason why providers that came before this one could not be used, {@code id: reason}
 *     joined by semicolons; empty when none failed
 */
public record Source(
    String side,
    String transport,
    String backend,
    String mode,
    String platform,
    String jvm,
    String fallbackReason) {

  public Source {
    Objects.requireNonNull(side, "side");
    Objects.requireNonNull(transport, "transport");
    Objects.requireNonNull(backend, "backend");
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(platform, "platform");
    Objects.requireNonNull(jvm, "jvm");
    Objects.requireNonNull(fallbackReason, "fallbackReason");
  }
}

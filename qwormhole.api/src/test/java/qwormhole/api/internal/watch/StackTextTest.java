package qwormhole.api.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StackTextTest {

  /** Frames by their classes, the innermost first. */
  private static boolean isInApplication(String... types) {
    return StackText.isInApplication(
        "some.transport",
        Stream.of(types)
            .map(type -> new StackTraceElement(type, "method", null, 1))
            .toArray(StackTraceElement[]::new));
  }

  @Test
  void aHandlerIsOnTheStackAlsoBelowWhatItCalled() {
    assertThat(
            isInApplication(
                "app.Handler", "qwormhole.api.internal.session.X", "some.transport.Loop"))
        .isTrue();
    assertThat(
            isInApplication(
                "java.lang.Thread",
                "qwormhole.api.internal.session.Y",
                "app.Handler",
                "qwormhole.api.internal.session.X",
                "some.transport.Loop"))
        .isTrue();
  }

  @Test
  void aTransportAndTheCoreAreNoHandlers() {
    assertThat(isInApplication("sun.nio.ch.EPoll", "some.transport.Loop")).isFalse();
    assertThat(isInApplication("app.Something", "some.transport.Loop")).isFalse();
    assertThat(
            isInApplication(
                "some.transport.inside.Link",
                "qwormhole.api.internal.session.X",
                "some.transport.Loop"))
        .isFalse();
    assertThat(isInApplication("java.util.HashMap", "qwormhole.api.internal.session.X")).isFalse();
    assertThat(isInApplication()).isFalse();
  }
}

package qwormhole.api.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class UnconfirmedTest {
  @Test
  void neverNegativeWhileMessagesAreSentAndAcknowledged() throws Exception {
    SessionBed bed = new SessionBed(SessionBed.options().build(), new ManualTimers());
    Outbound outbound = bed.open(new FakeLink(), true);
    AtomicBoolean over = new AtomicBoolean();
    Thread sender =
        new Thread(
            () -> {
              while (!over.get()) {
                outbound.offer(Payloads.of("x"), 0, null);
                outbound.acknowledge(outbound.messages());
              }
            });
    sender.start();
    long least = 0;
    for (int i = 0; i < 2_000_000 && least >= 0; i++) {
      least = Math.min(least, bed.peer.unconfirmed());
    }
    over.set(true);
    sender.join();

    assertThat(least).isZero();
  }
}

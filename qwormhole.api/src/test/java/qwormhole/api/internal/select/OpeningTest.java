package qwormhole.api.internal.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import qwormhole.api.ProviderReport.Candidate;
import qwormhole.api.spi.TransportContext;

class OpeningTest {
  private final FakeProvider lws = FakeProvider.ofNative("lws", 2);
  private final Fixture fixture = Fixture.withJavaAnd(lws);

  @Test
  void theProviderGetsWhatTheCallerGave() {
    TransportContext[] seen = {null};
    lws.opener =
        context -> {
          seen[0] = context;
          return lws.transport;
        };
    TransportContext given =
        new TransportContext(3, 8192, task -> new Thread(task, "loop"), cause -> {});
    fixture.selector().open(Ask.preferNative(), given, opened -> opened);
    assertThat(seen[0].loops()).isEqualTo(3);
    assertThat(seen[0].readBufferBytes()).isEqualTo(8192);
    assertThat(seen[0].threads().newThread(() -> {}).getName()).isEqualTo("loop");
  }

  @Test
  void aTransportThatDiesWhileItIsOpenedIsClosedAndTheNextOneUsed() {
    IOException cause = new IOException("epoll_create: too many open files");
    lws.opener =
        context -> {
          context.onFailure().accept(cause);
          context.onFailure().accept(new IOException("and again"));
          return lws.transport;
        };
    SelectedTransport selected = fixture.open(Ask.preferNative());
    assertThat(selected.mode()).isEqualTo("java");
    assertThat(lws.transport.closes).isEqualTo(1);
    assertThat(fixture.failures).isEmpty();
    Candidate failed = selected.report().candidates().get(0);
    assertThat(failed.detail())
        .isEqualTo("died while it was opened: IOException: epoll_create: too many open files");
    assertThat(failed.cause()).isSameAs(cause);
  }

  @Test
  void aTransportThatCannotEvenBeClosedDoesNotStopTheNextOne() {
    lws.opener =
        context -> {
          context.onFailure().accept(null);
          return new FakeTransport() {
            @Override
            public void close(Duration grace) {
              throw new IllegalStateException("stuck");
            }
          };
        };
    assertThat(fixture.mode(Ask.preferNative())).isEqualTo("java");
  }

  @Test
  void aTransportThatDoesNotNameItsLoopsIsClosedAndTheNextOneUsed() {
    FakeTransport unfit =
        new FakeTransport() {
          @Override
          public List<Loop> loops() {
            throw new IllegalStateException("no loops");
          }
        };
    lws.opener = context -> unfit;
    SelectedTransport selected = fixture.open(Ask.preferNative());
    assertThat(selected.mode()).isEqualTo("java");
    assertThat(selected.report().candidates().get(0).detail()).contains("no loops");
    assertThat(unfit.closes).isEqualTo(1);
  }

  @Test
  void theDeathOfTheUsedTransportIsPassedOnOnce() {
    Consumer<Throwable> report = reportOf(fixture, lws);
    fixture.open(Ask.preferNative());
    IOException cause = new IOException("loop died");
    report.accept(cause);
    report.accept(new IOException("again"));
    assertThat(fixture.failures).containsExactly(cause);
  }

  @Test
  void theDeathOfADiscardedOneIsNotTakenForThatOfItsSuccessor() {
    TransportContext[] kept = {null};
    lws.opener =
        context -> {
          kept[0] = context;
          throw new IOException("bind");
        };
    assertThat(fixture.mode(Ask.preferNative())).isEqualTo("java");
    kept[0].onFailure().accept(new IOException("loop ended"));
    assertThat(fixture.failures).isEmpty();
  }

  @Test
  void threadsThatAFailedOpenLeavesBehindAreInterrupted() throws Exception {
    Thread[] loop = {null};
    lws.opener =
        context -> {
          loop[0] = context.threads().newThread(OpeningTest::waitForEver);
          loop[0].start();
          throw new IOException("second loop could not start");
        };
    assertThat(fixture.mode(Ask.preferNative())).isEqualTo("java");
    loop[0].join(10_000);
    assertThat(loop[0].isAlive()).isFalse();
  }

  @Test
  void threadsOfTheUsedTransportAreLeftAlone() throws Exception {
    Thread[] loop = {null};
    lws.opener =
        context -> {
          loop[0] = context.threads().newThread(OpeningTest::waitForEver);
          loop[0].start();
          return lws.transport;
        };
    assertThat(fixture.mode(Ask.preferNative())).isEqualTo("native-lws");
    assertThat(loop[0].isInterrupted()).isFalse();
    assertThat(loop[0].isAlive()).isTrue();
    loop[0].interrupt();
    loop[0].join(10_000);
  }

  @Test
  void theUsedTransportIsNotClosed() {
    fixture.open(Ask.preferNative());
    assertThat(lws.transport.closes).isZero();
  }

  private static Consumer<Throwable> reportOf(Fixture fixture, FakeProvider provider) {
    TransportContext[] kept = {null};
    provider.opener =
        context -> {
          kept[0] = context;
          return provider.transport;
        };
    assertThat(fixture.failures).isEmpty();
    return cause -> kept[0].onFailure().accept(cause);
  }

  private static void waitForEver() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}

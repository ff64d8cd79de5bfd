package qwormhole.api.tck.endpoint;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import qwormhole.api.spi.Transport;
import qwormhole.api.spi.TransportContext;
import qwormhole.api.spi.TransportProvider;

/**
 * Makes loops of one provider's transports hang in the provider's code when told to, and wakes them
 * when told to; other providers are left as they are.
 */
final class Hang
    implements BiFunction<String, TransportProvider, TransportProvider>, AutoCloseable {
  private final String id;
  private final List<Transport> opened = new CopyOnWriteArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);

  Hang(String id) {
    this.id = id;
  }

  @Override
  public TransportProvider apply(String of, TransportProvider provider) {
    return !of.equals(id)
        ? provider
        : new ForwardingProvider(provider) {
          @Override
          public Transport open(TransportContext context) throws IOException {
            Transport transport = super.open(context);
            opened.add(transport);
            return transport;
          }
        };
  }

  /** Lets the first loop of each transport that is open hang, and returns when they do. */
  void strike() {
    CountDownLatch hanging = new CountDownLatch(opened.size());
    for (Transport transport : opened) {
      transport
          .loops()
          .get(0)
          .executor()
          .execute(
              () -> {
                hanging.countDown();
                await(over);
              });
    }
    await(hanging);
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(Deadline.LONG.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("waited " + Deadline.LONG + " in vain");
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** The threads of all loops. */
  List<Thread> threads() {
    return opened.stream()
        .flatMap(transport -> transport.loops().stream())
        .map(Transport.Loop::thread)
        .toList();
  }

  /** Wakes them up. */
  @Override
  public void close() {
    over.countDown();
  }
}

package qwormhole.api.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import qwormhole.api.spi.Acceptor;
import qwormhole.api.spi.Listener;
import qwormhole.api.spi.SocketOptions;

/** Listening, accepting, refusing, and letting go of a port. */
interface ListenConformance extends Conformance {

  @Test
  default void portZeroIsARealPort() throws IOException {
    try (Listener first = bed().listen(Recorder::new);
        Listener second = bed().listen(Recorder::new)) {
      assertThat(first.address().getPort()).isPositive();
      assertThat(second.address().getPort()).isPositive().isNotEqualTo(first.address().getPort());
      assertThat(first.address().getAddress()).isEqualTo(Bed.loopback(0).getAddress());
    }
  }

  @Test
  default void addressesOfAnAcceptedLinkAreThoseOfItsPeer() throws IOException {
    AtomicReference<InetSocketAddress> asked = new AtomicReference<>();
    Recorder recorder = bed().watched(new Recorder());
    Acceptor acceptor =
        remote -> {
          asked.set(remote);
          return recorder;
        };
    try (Listener listener =
        bed().transport().listen(Bed.loopback(0), SocketOptions.DEFAULTS, acceptor)) {
      RawPeer peer = bed().dial(listener.address());
      assertThat(recorder.link().remoteAddress()).isEqualTo(peer.localAddress());
      assertThat(recorder.link().localAddress()).isEqualTo(peer.remoteAddress());
      assertThat(asked).hasValue(peer.localAddress());
    }
  }

  @Test
  default void anAddressThatIsNotOfThisMachineIsABindException() {
    assertRefused(new InetSocketAddress("192.0.2.7", 0));
  }

  @Test
  default void aPortInUseIsABindException() throws IOException {
    try (Listener listener = bed().listen(Recorder::new)) {
      assertRefused(listener.address());
    }
    try (ServerSocket server = bed().rawServer(Bed.loopback(0))) {
      assertRefused((InetSocketAddress) server.getLocalSocketAddress());
    }
  }

  private void assertRefused(InetSocketAddress address) {
    assertThatThrownBy(
            () ->
                bed().transport().listen(address, SocketOptions.DEFAULTS, remote -> new Recorder()))
        .isInstanceOf(BindException.class);
  }

  @Test
  default void anAddressOfAnotherMachineIsAnIoException() {
    InetSocketAddress documentation = Bed.elsewhere();
    assertThatThrownBy(
            () ->
                bed()
                    .transport()
                    .listen(documentation, SocketOptions.DEFAULTS, remote -> new Recorder()))
        .isInstanceOf(IOException.class);
  }

  @Test
  default void aPortIsFreeWhenCloseReturns() throws IOException {
    Listener listener = bed().listen(Echo::new);
    InetSocketAddress address = listener.address();
    for (int i = 0; i < 20; i++) {
      // The side that closes first keeps the connection's addresses for a while: let it be ours.
      Recorder recorder = new Recorder();
      listener.close();
      listener =
          bed()
              .transport()
              .listen(address, SocketOptions.DEFAULTS, remote -> bed().watched(recorder));
      RawPeer peer = bed().dial(address);
      recorder.link().close();
      peer.assertEnd();
      peer.close();
    }
    listener.close();
    bed().rawServer(address).close();
  }

  @Test
  default void acceptedLinksOutliveTheListener() throws IOException {
    Listener listener = bed().listen(Echo::new);
    RawPeer peer = bed().dial(listener.address());
    peer.send((byte) 1);
    assertThat(peer.receive(1)).containsExactly(1);
    listener.close();
    listener.close();
    peer.send((byte) 2);
    assertThat(peer.receive(1)).containsExactly(2);
    assertThatThrownBy(() -> bed().dial(listener.address())).isInstanceOf(IOException.class);
  }

  @Test
  default void aRefusedConnectionIsClosedAndTheNextOneServed() throws IOException {
    assertRefusesAndGoesOn(() -> null);
  }

  @Test
  default void anAcceptorThatThrowsRefuses() throws IOException {
    assertRefusesAndGoesOn(
        () -> {
          throw new IllegalStateException("on purpose");
        });
  }

  private void assertRefusesAndGoesOn(Supplier<Recorder> refusal) throws IOException {
    AtomicBoolean refuse = new AtomicBoolean(true);
    Acceptor acceptor = remote -> refuse.get() ? refusal.get() : bed().watched(new Echo());
    try (Listener listener =
        bed().transport().listen(Bed.loopback(0), SocketOptions.DEFAULTS, acceptor)) {
      for (int i = 0; i < 200; i++) {
        bed().dialUntilEnded(listener.address());
      }
      refuse.set(false);
      RawPeer served = bed().dial(listener.address());
      served.send((byte) 1);
      assertThat(served.receive(1)).containsExactly(1);
    }
  }

  @Test
  default void aListenerMayBeClosedOnTheLoop() throws IOException {
    Listener listener = bed().listen(Recorder::new);
    Recorder recorder = new Recorder();
    bed().serve(recorder);
    CompletableFuture<Void> closed = new CompletableFuture<>();
    recorder
        .link()
        .execute(
            () -> {
              listener.close();
              closed.complete(null);
            });
    Patience.await("close to return on the loop", closed);
    listener.close();
    bed().rawServer(listener.address()).close();
  }

  @Test
  default void ipv6Loopback() throws IOException {
    InetSocketAddress address = ipv6();
    try (Listener listener =
        bed()
            .transport()
            .listen(address, SocketOptions.DEFAULTS, remote -> bed().watched(new Echo()))) {
      RawPeer peer = bed().dial(listener.address());
      peer.send((byte) 6);
      assertThat(peer.receive(1)).containsExactly(6);
      Recorder client = bed().connect(listener.address(), new Recorder());
      client.send(new byte[] {7});
      client.awaitReceived(1);
      assertThat(client.link().remoteAddress()).isEqualTo(listener.address());
      assertThat(client.link().localAddress().getAddress()).isEqualTo(address.getAddress());
    }
  }

  private InetSocketAddress ipv6() {
    try {
      InetSocketAddress address =
          new InetSocketAddress(Bed.address(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), 0);
      bed().rawServer(address).close();
      return address;
    } catch (IOException e) {
      return abort("this machine has no IPv6 loopback: " + e.getMessage());
    }
  }
}

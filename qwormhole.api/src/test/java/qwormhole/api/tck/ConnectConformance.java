package qwormhole.api.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import qwormhole.api.spi.SocketOptions;
import qwormhole.api.spi.Transport;

/** Connecting, from where, and what becomes of it when nobody answers. */
interface ConnectConformance extends Conformance {

  @Test
  default void addressesOfAConnectedLinkAreThoseOfItsPeer() throws IOException {
    ServerSocket server = bed().rawServer(Bed.loopback(0));
    Recorder recorder =
        bed().connect((InetSocketAddress) server.getLocalSocketAddress(), new Recorder());
    RawPeer peer = bed().accept(server);
    assertThat(recorder.link().localAddress()).isEqualTo(peer.remoteAddress());
    assertThat(recorder.link().remoteAddress()).isEqualTo(peer.localAddress());
  }

  @Test
  default void aRefusedConnectionHasACause() throws IOException {
    InetSocketAddress nobody = freeAddress();
    for (int i = 0; i < 50; i++) {
      Recorder recorder = bed().connect(nobody, new Recorder());
      assertThat(recorder.end()).get().isInstanceOf(IOException.class);
      assertThat(recorder.isOpened()).isFalse();
    }
  }

  @Test
  default void aCancelledConnectIsToldOnceAndNeverOpened() throws IOException {
    ServerSocket server = bed().busyServer();
    InetSocketAddress address = (InetSocketAddress) server.getLocalSocketAddress();
    Recorder recorder = bed().watched(new Recorder());
    Transport.PendingConnect pending =
        bed().transport().connect(address, SocketOptions.DEFAULTS, recorder);
    // A second outcome would come through the same loop, before that of a later connect.
    bed().connect(freeAddress(), new Recorder()).end();
    assertThat(recorder.isClosed()).as("the pending connect").isFalse();
    pending.cancel();
    pending.cancel();
    assertThat(recorder.end()).as("why it could not be connected").isPresent();
    pending.cancel();
    bed().connect(freeAddress(), new Recorder()).end();
    assertThat(recorder.isOpened()).isFalse();
  }

  @Test
  default void aCancelAfterTheOpenIsTooLate() throws IOException {
    ServerSocket server = bed().rawServer(Bed.loopback(0));
    Recorder recorder = bed().watched(new Recorder());
    Transport.PendingConnect pending =
        bed()
            .transport()
            .connect(
                (InetSocketAddress) server.getLocalSocketAddress(),
                SocketOptions.DEFAULTS,
                recorder);
    RawPeer peer = bed().accept(server);
    recorder.link();
    pending.cancel();
    recorder.settle();
    recorder.send(new byte[] {5});
    assertThat(peer.receive(1)).containsExactly(5);
  }

  @Test
  default void aClientBindsItsLocalAddress() throws IOException {
    InetAddress second = secondLoopback();
    ServerSocket server = bed().rawServer(Bed.loopback(0));
    Recorder recorder = connectFrom(new InetSocketAddress(second, 0), server);
    RawPeer peer = bed().accept(server);
    assertThat(peer.remoteAddress().getAddress()).isEqualTo(second);
    assertThat(recorder.link().localAddress()).isEqualTo(peer.remoteAddress());
  }

  @Test
  default void aClientBindsItsLocalPortAndAgainAfterItsEnd() throws IOException {
    ServerSocket server = bed().rawServer(Bed.loopback(0));
    InetSocketAddress local = freeAddress();
    for (int i = 0; i < 3; i++) {
      Recorder recorder = connectFrom(local, server);
      RawPeer peer = bed().accept(server);
      assertThat(peer.remoteAddress()).isEqualTo(local);
      recorder.link();
      // The side that ends first keeps the pair of addresses for a while: let it be the peer.
      peer.close();
      assertThat(recorder.end()).isEmpty();
    }
  }

  @Test
  default void aLocalAddressThatCannotBeBoundIsACause() throws IOException {
    ServerSocket server = bed().rawServer(Bed.loopback(0));
    Recorder recorder = connectFrom(Bed.elsewhere(), server);
    assertThat(recorder.end()).get().isInstanceOf(IOException.class);
    assertThat(recorder.isOpened()).isFalse();
  }

  private Recorder connectFrom(InetSocketAddress local, ServerSocket server) throws IOException {
    Recorder recorder = bed().watched(new Recorder());
    bed()
        .transport()
        .connect(
            (InetSocketAddress) server.getLocalSocketAddress(),
            new SocketOptions(local, true, true, 1, 0, 0),
            recorder);
    return recorder;
  }

  /** An address that was free a moment ago. */
  private InetSocketAddress freeAddress() throws IOException {
    try (ServerSocket server = bed().rawServer(Bed.loopback(0))) {
      return (InetSocketAddress) server.getLocalSocketAddress();
    }
  }

  private InetAddress secondLoopback() throws IOException {
    InetAddress address = Bed.address(127, 0, 0, 2);
    try {
      bed().rawServer(new InetSocketAddress(address, 0)).close();
      return address;
    } catch (IOException e) {
      return abort("this machine has no second loopback address: " + e.getMessage());
    }
  }
}

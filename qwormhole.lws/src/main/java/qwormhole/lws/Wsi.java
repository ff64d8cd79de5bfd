package qwormhole.lws;

import java.io.IOException;

/** A descriptor that libwebsockets watches. All methods are called on the loop thread. */
abstract class Wsi {

  final LwsLoop loop;
  final int fd;
  private long wsi; // 0 before it is adopted and after its end
  private int id;

  Wsi(LwsLoop loop, int fd) {
    this.loop = loop;
    this.fd = fd;
  }

  /** Hands the descriptor over to the library, which closes it from now on. */
  final void adopt(int type) throws IOException {
    wsi = loop.context().adopt(fd, type);
    if (wsi == 0) {
      throw new IOException("libwebsockets takes no more descriptors");
    }
    id = loop.handlers().add(this);
    Lws.lws_set_wsi_user(wsi, id);
  }

  /** Takes the place of another one, whose descriptor it has. */
  final void replace(Wsi other) {
    wsi = other.wsi;
    id = other.id;
    other.wsi = 0;
    loop.handlers().set(id, this);
  }

  final boolean isWatched() {
    return wsi != 0;
  }

  final void reads(boolean wanted) {
    Lws.lws_rx_flow_control(wsi, wanted ? 1 : 0);
  }

  final void wantsWritable() {
    Lws.lws_callback_on_writable(wsi);
  }

  /** Closes the descriptor, if it is still open; not from within {@link #ready}. */
  final void kill() {
    if (wsi != 0) {
      Lws.kill(wsi);
    }
  }

  /** The library is about to close the descriptor. */
  final void gone() {
    wsi = 0;
    loop.handlers().remove(id);
    closed();
  }

  /**
   * Something happened.
   *
   * @param reason one of the {@code CALLBACK} constants
   * @param in where bytes that were read lie
   * @param length how many
   * @return false to have the descriptor closed
   */
  abstract boolean ready(int reason, long in, int length);

  /** The descriptor is closed when this returns. */
  abstract void closed();

  /**
   * The loop ends.
   *
   * @param cause null to end in order, which may take some turns; else why it ends at once
   */
  abstract void end(Throwable cause);
}

package qwormhole.lws;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One context of libwebsockets, with one virtual host that has no listener of its own. */
final class LwsContext {

  /** Creating and destroying touch the library's globals. */
  private static final Object GLOBALS = new Object();

  /**
   * The library takes 16 bytes for each descriptor that the process may open, and a container may
   * let it open a milliard. Under a limit of ours it finds a connection by looking through all.
   */
  private static final int MOST_DESCRIPTORS = 256 * 1024;

  private static final int LESS_DESCRIPTORS = 64 * 1024;

  private static final String NAME = "qwormhole";
  private static final long MARK = 0x5157_4f52_4d48L;

  // All that the library points to lives as long as this object.
  private final NativeBytes info = new NativeBytes(Layout.ROOM);
  private final NativeBytes protocols = new NativeBytes(3 * Layout.PROTOCOL_BYTES);
  private final NativeBytes name = new NativeBytes(NAME.length() + 1);
  private final Lws.ProtocolCallback callback;
  private final Object alive = new Object();
  private final long context;
  private final long vhost;
  private boolean destroyed;

  /**
   * Creates it.
   *
   * @param rxBytes how much is handed over at once
   * @throws IOException when the library creates none, or one that contradicts the known layout
   */
  LwsContext(LwsLibrary library, int rxBytes, Lws.ProtocolCallback callback) throws IOException {
    this.callback = callback;
    name.bytes.put(NAME.getBytes(StandardCharsets.US_ASCII)).put((byte) 0);
    protocol(0, library.dummyCallback());
    protocol(1, LibC.memmove(callback, 0, 0));
    Layout layout = library.layout();
    ByteBuffer fields = info.bytes;
    fields.putLong(layout.protocols(), protocols.address);
    fields.putInt(layout.port(), Lws.NO_LISTENER);
    fields.putLong(layout.user(), MARK);
    fields.putLong(layout.vhostName(), name.address);
    fields.putInt(layout.serviceBufferBytes(), rxBytes + Lws.PRE);
    if (LibC.getdtablesize() > MOST_DESCRIPTORS) {
      fields.putInt(layout.descriptors(), LESS_DESCRIPTORS);
    }
    synchronized (GLOBALS) {
      Lws.lws_set_log_level(0, 0);
      context = Lws.lws_create_context(info.address);
    }
    if (context == 0) {
      throw new IOException(library + " creates no context");
    }
    vhost =
        Lws.lws_context_user(context) == MARK
            ? Lws.lws_get_vhost_by_name(context, name.address)
            : 0;
    if (vhost == 0) {
      destroy();
      throw new IOException(library + " is laid out in another way than its version tells");
    }
  }

  private void protocol(int index, long code) {
    int at = index * Layout.PROTOCOL_BYTES;
    protocols.bytes.putLong(at + Layout.PROTOCOL_NAME, index == 0 ? dummyName() : name.address);
    protocols.bytes.putLong(at + Layout.PROTOCOL_CALLBACK, code);
  }

  /** A name that differs: that of the other one without its first letter. */
  private long dummyName() {
    return name.address + 1;
  }

  /** Waits for events, or not, and serves those that there are. */
  void service(boolean wait) throws IOException {
    int result = Lws.lws_service(context, wait ? 0 : -1);
    if (result < 0) {
      throw new IOException("lws_service failed with " + result);
    }
  }

  /** Ends a wait; from any thread, at any time. */
  void wake() {
    synchronized (alive) {
      if (!destroyed) {
        Lws.lws_cancel_service(context);
      }
    }
  }

  /** Hands a descriptor over; returns 0 when it was not taken, and then it is closed. */
  long adopt(int fd, int type) {
    return Lws.lws_adopt_descriptor_vhost(vhost, type, fd, name.address, 0);
  }

  /** Idempotent. */
  void destroy() {
    synchronized (alive) {
      if (destroyed) {
        return;
      }
      destroyed = true;
    }
    try {
      synchronized (GLOBALS) {
        Lws.lws_context_destroy(context);
      }
    } finally {
      Reference.reachabilityFence(callback);
    }
  }
}

package qwormhole.lws;

import com.sun.jna.Callback;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/** The functions and constants of libwebsockets that are used, the same from 4.1 to 5.0. */
final class Lws {

  static final int CALLBACK_RAW_RX = 59;
  static final int CALLBACK_RAW_CLOSE = 60;
  static final int CALLBACK_RAW_WRITEABLE = 61;
  static final int CALLBACK_RAW_RX_FILE = 64;
  static final int CALLBACK_RAW_CLOSE_FILE = 66;
  static final int ADOPT_RAW_FILE = 0;
  static final int ADOPT_RAW_SOCKET = 2;
  static final int PRE = 16;
  static final int NO_LISTENER = -1;

  static final int TIMEOUT_OF_USER = 1000;
  static final int KILL_SYNC = -2;

  /** The type of the callback of a protocol. */
  interface ProtocolCallback extends Callback {
    /** Returns 0, or -1 to have the connection closed. */
    int invoke(long wsi, int reason, long user, long in, long length);
  }

  private Lws() {}

  /** Binds this class to a library that has been found fit. */
  static void bind(NativeLibrary library) {
    Native.register(Lws.class, library);
  }

  /** Ends a connection now, its close callback included; not from within its callbacks. */
  static void kill(long wsi) {
    lws_set_timeout(wsi, TIMEOUT_OF_USER, KILL_SYNC);
  }

  static native void lws_set_log_level(int level, long emit);

  static native long lws_create_context(long info);

  static native void lws_context_destroy(long context);

  static native long lws_context_user(long context);

  static native long lws_get_vhost_by_name(long context, long name);

  static native long lws_adopt_descriptor_vhost(
      long vhost, int type, int fd, long protocol, long parent);

  static native void lws_set_wsi_user(long wsi, long user);

  static native int lws_service(long context, int timeout);

  static native void lws_cancel_service(long context);

  static native int lws_callback_on_writable(long wsi);

  static native int lws_rx_flow_control(long wsi, int enable);

  static native void lws_set_timeout(long wsi, int reason, int seconds);
}

package qwormhole.api.internal.select;

import java.util.Map;

/** Makes requests that say one thing. */
final class Ask {
  private Ask() {}

  static SelectionRequest nothing() {
    return nothing(Side.SERVER);
  }

  static SelectionRequest nothing(Side side) {
    return new SelectionRequest(side, false, null, null, null, Map.of());
  }

  static SelectionRequest forceJava() {
    return new SelectionRequest(Side.SERVER, true, null, null, null, Map.of());
  }

  static SelectionRequest preferNative() {
    return preferNative(Side.SERVER);
  }

  static SelectionRequest preferNative(Side side) {
    return new SelectionRequest(side, false, true, null, null, Map.of());
  }

  static SelectionRequest preferNativeExcept(Map<String, String> excluded) {
    return new SelectionRequest(Side.SERVER, false, true, null, null, excluded);
  }

  static SelectionRequest named(String id) {
    return new SelectionRequest(Side.SERVER, false, null, id, null, Map.of());
  }

  static SelectionRequest require(String id) {
    return new SelectionRequest(Side.SERVER, false, null, null, id, Map.of());
  }
}

package qwormhole.libsocket;

import qwormhole.api.tck.ProviderArchitecture;

class ArchitectureTest extends ProviderArchitecture {
  ArchitectureTest() {
    super(LibsocketTransportProvider.class);
  }
}

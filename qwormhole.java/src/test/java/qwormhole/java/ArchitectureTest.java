package qwormhole.java;

import qwormhole.api.tck.ProviderArchitecture;

class ArchitectureTest extends ProviderArchitecture {
  ArchitectureTest() {
    super(JavaTransportProvider.class);
  }
}

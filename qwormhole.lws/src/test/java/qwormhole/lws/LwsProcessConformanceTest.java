package qwormhole.lws;

import qwormhole.api.tck.ProcessConformance;

class LwsProcessConformanceTest extends ProcessConformance {
  LwsProcessConformanceTest() {
    super("lws");
  }

  @Override
  protected boolean mayBeUnavailable() {
    return true;
  }
}

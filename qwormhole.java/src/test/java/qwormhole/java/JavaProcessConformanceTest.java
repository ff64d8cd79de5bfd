package qwormhole.java;

import qwormhole.api.tck.ProcessConformance;

class JavaProcessConformanceTest extends ProcessConformance {
  JavaProcessConformanceTest() {
    super("java");
  }
}

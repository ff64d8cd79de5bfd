package qwormhole.api.tck;

/** What the tests of one topic stand on. */
interface Conformance {

  /** The provider under test, its transports, and raw peers; new for each test. */
  Bed bed();
}

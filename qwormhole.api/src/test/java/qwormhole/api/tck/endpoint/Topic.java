package qwormhole.api.tck.endpoint;

/** What the tests of one topic stand on. */
interface Topic {

  /** Opens servers, clients and raw peers, and ends them after the test; new for each test. */
  Stage stage();
}

package qwormhole.bench.process;

import qwormhole.bench.load.Effort;

/**
 * What a round took of one side.
 *
 * @param cost what it cost its process
 * @param effort its calls
 * @param idle what its idle connections hold together; null but for connect
 */
public record Half(Cost cost, Effort effort, Memory idle) {}

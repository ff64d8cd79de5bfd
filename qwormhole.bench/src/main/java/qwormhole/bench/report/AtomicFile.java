package qwormhole.bench.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are either written whole or left as they were. */
public final class AtomicFile {
  private AtomicFile() {}

  /** Why this path cannot be written, or null; asked before a long run, not after. */
  public static String obstacle(Path path) {
    Path folder = folder(path);
    if (Files.isDirectory(path)) {
      return path + " is a directory";
    }
    if (!Files.isDirectory(folder)) {
      return folder + " is not a directory";
    }
    try {
      Files.delete(Files.createTempFile(folder, ".qwormhole-bench", ".tmp"));
      return null;
    } catch (IOException e) {
      return folder + " cannot be written to";
    }
  }

  /** Writes beside the file, has it on the disk, and then puts it in its place. */
  public static void write(Path path, String text) throws IOException {
    // Not createTempFile: its files are for their owner's eyes only.
    Path temporary =
        folder(path)
            .resolve(".%s.%d.tmp".formatted(path.getFileName(), ProcessHandle.current().pid()));
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(
          temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static Path folder(Path path) {
    return path.toAbsolutePath().getParent();
  }
}

package qwormhole.bench.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;

/**
 * Files that are either written whole or left as they were. What is no regular file, such as a pipe or
 * a device, cannot be put in place whole: it is written to.
 */
public final class AtomicFile {
  private static final List<String> STANDARD_STREAMS =
      List.of("/dev/stdout", "/dev/stderr", "/dev/fd", "/proc");

  private AtomicFile() {}

  /** Why this path cannot be written, or null; asked before a long run, not after. */
  public static String obstacle(Path path) {
    try {
      Path target = target(path);
      if (Files.isDirectory(target)) {
        return path + " is a directory";
      }
      if (isWrittenThrough(target)) {
        return Files.isWritable(target) ? null : path + " cannot be written to";
      }
      Path folder = target.getParent();
      if (!Files.isDirectory(folder)) {
        return folder + " is not a directory";
      }
      Files.delete(Files.createTempFile(folder, ".qwormhole-bench", ".tmp"));
      return null;
    } catch (IOException e) {
      return path + " cannot be written to: " + why(e);
    }
  }

  /** In words; the messages of some are nothing but the name of a file, and of a temporary one here. */
  private static String why(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "the folder takes no new file";
    }
    String reason = e instanceof FileSystemException file ? file.getReason() : null;
    return reason == null ? e.getMessage() : reason;
  }

  /** Writes beside the file, has it on the disk, and then puts it in its place. */
  public static void write(Path path, String text) throws IOException {
    try {
      Path target = target(path);
      if (isWrittenThrough(target)) {
        write(target, Set.of(StandardOpenOption.APPEND), text, false);
      } else {
        replace(target, text);
      }
    } catch (IOException e) {
      throw new IOException("%s was not written: %s".formatted(path, why(e)), e);
    }
  }

  private static void replace(Path target, String text) throws IOException {
    // Not createTempFile: its files are for their owner's eyes only.
    Path temporary =
        target.resolveSibling(
            ".%s.%d.tmp".formatted(target.getFileName(), ProcessHandle.current().pid()));
    try {
      write(
          temporary,
          Set.of(
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE),
          text,
          true);
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void write(Path file, Set<StandardOpenOption> how, String text, boolean sync)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file, how)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      if (sync) {
        channel.force(true);
      }
    }
  }

  /** Where a link leads, so that the link stays; what is not there yet is meant as it stands. */
  private static Path target(Path path) throws IOException {
    boolean replaceable = Files.isRegularFile(path) && !isOfTheSystem(path);
    return replaceable ? path.toRealPath() : path.toAbsolutePath();
  }

  /** Such as {@code /dev/stdout}, which may well be a regular file behind it. */
  private static boolean isOfTheSystem(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    return STANDARD_STREAMS.stream().anyMatch(absolute::startsWith);
  }

  private static boolean isWrittenThrough(Path target) {
    return Files.exists(target) && (!Files.isRegularFile(target) || isOfTheSystem(target));
  }
}

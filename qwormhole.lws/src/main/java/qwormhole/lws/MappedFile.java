package qwormhole.lws;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file that a loaded library came from. */
final class MappedFile {

  private MappedFile() {}

  /** The path of the file that is mapped at an address. */
  static String of(long address) throws UnfitException {
    List<String> lines;
    try {
      lines = Files.readAllLines(Path.of("/proc/self/maps"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UnfitException("/proc/self/maps cannot be read: " + e.getMessage());
    }
    for (String line : lines) {
      int dash = line.indexOf('-');
      int space = line.indexOf(' ');
      int slash = line.indexOf('/');
      if (slash > 0
          && Long.parseUnsignedLong(line, 0, dash, 16) <= address
          && Long.parseUnsignedLong(line, dash + 1, space, 16) > address) {
        byte[] path = line.substring(slash).getBytes(StandardCharsets.ISO_8859_1);
        return new String(path, StandardCharsets.UTF_8);
      }
    }
    throw new UnfitException("no file is mapped where its functions are");
  }

  /** Whether a text is among a file's bytes. */
  static boolean contains(String file, String text) throws UnfitException {
    byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
    try (FileChannel channel = FileChannel.open(Path.of(file))) {
      ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      for (int at = 0; at + wanted.length <= bytes.limit(); at++) {
        if (bytes.get(at) == wanted[0]
            && bytes.slice(at, wanted.length).equals(ByteBuffer.wrap(wanted))) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UnfitException("its file " + file + " cannot be read: " + e.getMessage());
    }
  }
}

package qwormhole.bench.saved;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import qwormhole.bench.report.JsonReport;
import qwormhole.bench.report.ResultSchema;

/**
 * A result file that keeps to the published schema.
 *
 * @param name the file's name, without its folder
 * @param document all of it
 * @param rows its rows, in the order of the file
 * @param fallbacks what became of clients whose transport was killed
 */
public record SavedResult(
    String name, JsonNode document, List<SavedRow> rows, List<SavedFallback> fallbacks) {
  /** A matrix with all its histograms has a few MB. */
  private static final long MAX_BYTES = 256L << 20;

  private static final int SHOWN_PROBLEMS = 3;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  public SavedResult {
    rows = List.copyOf(rows);
    fallbacks = List.copyOf(fallbacks);
  }

  /**
   * Reads a file.
   *
   * @throws BadResultException when it is not there, not JSON, of another version, or not as the
   *     schema has it
   */
  public static SavedResult read(Path file) throws BadResultException {
    try {
      if (Files.isDirectory(file)) {
        throw new BadResultException(file + " is a directory", null);
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new BadResultException(file + " has over " + (MAX_BYTES >> 20) + " MiB", null);
      }
      return of(file, JSON.readTree(Files.readAllBytes(file)));
    } catch (BadResultException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new BadResultException(file + " does not exist", e);
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
      throw new BadResultException(file + " is not JSON" + where, e);
    } catch (IOException e) {
      throw new BadResultException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static SavedResult of(Path file, JsonNode document) throws IOException {
    String format = document.path("format").asText();
    if (!format.equals(JsonReport.FORMAT)) {
      String found = format.isEmpty() ? "has no format" : "has format " + format;
      throw new BadResultException(
          "%s is not a result that this bench reads: it %s, not %s"
              .formatted(file, found, JsonReport.FORMAT),
          null);
    }
    List<String> problems = ResultSchema.problems(document);
    if (!problems.isEmpty()) {
      throw new BadResultException(
          "%s is a damaged result: %s"
              .formatted(
                  file,
                  String.join(
                      "; ",
                      problems.stream().limit(SHOWN_PROBLEMS).map(SavedResult::placed).toList())),
          null);
    }
    return of(String.valueOf(file.getFileName()), document);
  }

  /** The document itself has an empty path. */
  private static String placed(String problem) {
    return problem.startsWith(":") ? "the document" + problem : problem;
  }

  /**
   * A document that keeps to the schema, such as one that was just made.
   *
   * @throws IOException when a histogram in it is damaged
   */
  public static SavedResult of(String name, JsonNode document) throws IOException {
    List<SavedRow> rows = new ArrayList<>();
    for (JsonNode row : document.get("rows")) {
      rows.add(SavedRow.of(row));
    }
    List<SavedFallback> fallbacks = new ArrayList<>();
    document.get("fallbacks").forEach(fallback -> fallbacks.add(new SavedFallback(fallback)));
    return new SavedResult(name, document, rows, fallbacks);
  }

  /** When the run began. */
  public Instant date() {
    return OffsetDateTime.parse(condition("date")).toInstant();
  }

  /** A condition as text; empty when there is none of this name. */
  public String condition(String name) {
    JsonNode value = document.get("conditions").path(name);
    return value.isContainerNode() ? value.toString() : value.asText();
  }

  /** The rows that have numbers. */
  public List<SavedRow> measured() {
    return rows.stream().filter(SavedRow::isMeasured).toList();
  }

  /** Whether the run was cut short. */
  public boolean interrupted() {
    return document.get("interrupted").asBoolean();
  }
}

package io.github.wenliu.pipeline.files;

import io.github.wenliu.models.text.Lexicon;
import io.github.wenliu.models.text.NormalizedText;
import io.github.wenliu.pipeline.config.ConfigException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipException;

/**
 * The words that are no news. They come from the shipped lexicon or from a file of one word a line:
 * the word ends at the first blank or TAB, so the files of common dictionaries and of {@code wenliu
 * discover} will do; lines that begin with {@code #} are comments; gzip is known by its magic
 * bytes.
 */
public final class KnownWords {

  /** Stands for no words at all. */
  public static final String NONE = "none";

  /** Stands for the words of the lexicon that is shipped. */
  public static final String BASE = "base";

  private static final char COMMENT = '#';

  private KnownWords() {}

  /**
   * Reads the words.
   *
   * @param source {@link #NONE}, {@link #BASE} or the path of a file
   * @return the words as {@link NormalizedText#normalize} writes them
   * @throws ConfigException with one line that names the file and what is wrong with it
   */
  public static Set<String> read(String source) {
    return switch (source) {
      case NONE -> Set.of();
      case BASE -> Lexicon.base().words();
      default -> readFile(source);
    };
  }

  private static Set<String> readFile(String source) {
    var file = Path.of(source);
    try {
      DocumentFile.requireReadable(file);
      try (var lines = new LineReader(Decompression.of(Files.newInputStream(file)))) {
        return read(lines, source);
      }
    } catch (ZipException | EOFException e) {
      throw unreadable(source + " is damaged gzip or cut short");
    } catch (IOException e) {
      throw unreadable(e.getMessage());
    }
  }

  private static Set<String> read(LineReader lines, String source) throws IOException {
    var words = new HashSet<String>();
    for (var line = lines.next(); line != null; line = lines.next()) {
      try {
        var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
        var word = NormalizedText.normalize(firstColumn(text));
        if (!word.isEmpty()) {
          words.add(word);
        }
      } catch (CharacterCodingException e) {
        throw unreadable("line " + lines.lineNumber() + " of " + source + " is not UTF-8");
      }
    }
    return words;
  }

  private static String firstColumn(String line) {
    var stripped = line.stripLeading();
    if (stripped.isEmpty() || stripped.charAt(0) == COMMENT) {
      return "";
    }
    int end = 0;
    while (end < stripped.length() && !Character.isWhitespace(stripped.charAt(end))) {
      end++;
    }
    return stripped.substring(0, end);
  }

  private static ConfigException unreadable(String why) {
    return new ConfigException(List.of("the known words cannot be read: " + why));
  }
}

package io.github.wenliu.pipeline.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import io.github.wenliu.operators.control.ControlRecord;
import io.github.wenliu.operators.document.ControlChange;
import io.github.wenliu.operators.document.RawRecord;
import io.github.wenliu.operators.link.Promotion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;

/**
 * Reads a record of the topic {@code control}. Never throws on input, whatever the bytes: what
 * cannot be followed comes back as a refusal that says why.
 *
 * <p>The key is {@code kind/channel/target}, the value a JSON object with an action or nothing,
 * which takes the change before back. {@link ControlRules} say what may be asked for. Unknown
 * fields are for people and left alone. Thread-safe.
 */
public final class ControlDecoder {

  /** Longest part of an answer that repeats a refused record, in UTF-16 units. */
  private static final int MAX_REPEATED_LENGTH = ControlRules.MAX_TARGET_LENGTH;

  private final ZoneId zone;
  private final JsonFactory json = StrictJson.factory();

  /**
   * @param zone zone of times that name none
   */
  public ControlDecoder(ZoneId zone) {
    this.zone = zone;
  }

  /** The change that a record asks for, or why it is refused. */
  public ControlRecord decode(RawRecord raw) {
    var request = new Request();
    String problem;
    try {
      problem = readKey(raw.key(), request);
      if (raw.value() != null) {
        // Read even if the key is wrong: the answer names the action.
        var problemOfValue = readValue(raw.value(), request);
        problem = problem == null ? problemOfValue : problem;
      }
    } catch (JsonProcessingException e) {
      problem = "the value is malformed JSON, or beyond the parser's limits";
    } catch (IOException e) {
      problem = "the value cannot be read";
    }
    return problem == null
        ? ControlRecord.of(request.change(raw.origin()))
        : ControlRecord.refused(request.cut(raw.origin()), problem);
  }

  /** Reads the key; returns what is wrong with it, or {@code null}. */
  private static String readKey(byte[] key, Request request) {
    if (key == null) {
      return "the key is missing, need kind/channel/target";
    }
    var text = new String(key, StandardCharsets.UTF_8);
    int first = text.indexOf(ControlJson.SEPARATOR);
    int second = text.indexOf(ControlJson.SEPARATOR, first + 1);
    if (first < 0 || second < 0) {
      request.target = text;
      return "the key is not kind/channel/target";
    }
    request.kind = text.substring(0, first);
    request.channel = text.substring(first + 1, second);
    request.target = text.substring(second + 1);
    if (!isUtf8(key)) {
      return "the key is not UTF-8";
    }
    var problemOfKind = ControlRules.problemOfKind(request.kind);
    if (problemOfKind != null) {
      return problemOfKind;
    }
    request.knownKind = request.kind;
    if (!DocumentDecoder.CHANNEL.matcher(request.channel).matches()) {
      return "the channel does not match " + DocumentDecoder.CHANNEL;
    }
    return ControlRules.problemOfTarget(request.kind, request.target);
  }

  /** Reads the value; returns what is wrong with it, or {@code null}. */
  private String readValue(byte[] value, Request request) throws IOException {
    if (!isUtf8(value)) {
      return "the value is not UTF-8";
    }
    String problem = null;
    try (var parser = json.createParser(value)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return "the value is not a JSON object";
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        var problemOfField = readField(parser, request);
        problem = problem == null ? problemOfField : problem;
      }
      if (parser.nextToken() != null) {
        return "something follows the JSON object";
      }
    }
    if (problem != null || request.knownKind == null) {
      return problem;
    }
    if (request.isPromotion() && request.value == null) {
      problem = request.promote(() -> PromotionJson.of(request.target));
    }
    return problem == null
        ? ControlRules.problemOfAction(request.knownKind, request.action, request.value)
        : problem;
  }

  private String readField(JsonParser parser, Request request) throws IOException {
    var name = parser.currentName();
    var token = parser.nextToken();
    switch (name) {
      case ControlJson.ACTION -> {
        var action = text(parser, token);
        if (ControlRules.isAction(action)) {
          request.action = action;
          return null;
        }
        return ControlRules.unknownAction(request.knownKind);
      }
      case ControlJson.VALUE -> {
        if (request.isPromotion()) {
          return readPromotion(parser, token, request);
        }
        request.value = text(parser, token);
        return null;
      }
      case ControlJson.EFFECTIVE_FROM -> {
        return readTime(parser, request);
      }
      default -> {
        parser.skipChildren();
        return null;
      }
    }
  }

  private static String readPromotion(JsonParser parser, JsonToken token, Request request)
      throws IOException {
    if (token == JsonToken.START_OBJECT) {
      return request.promote(() -> PromotionJson.read(parser, request.target));
    }
    parser.skipChildren();
    return token == JsonToken.VALUE_NULL ? null : "the value is no entry: need an object";
  }

  /** The text of a string; {@code null} for anything else, which is passed over. */
  private static String text(JsonParser parser, JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    parser.skipChildren();
    return null;
  }

  private String readTime(JsonParser parser, Request request) throws IOException {
    try {
      switch (parser.currentToken()) {
        case VALUE_NULL -> {
          return null;
        }
        case VALUE_STRING -> {
          request.effectiveFromMillis = EventTimes.parse(parser.getText(), zone);
          return null;
        }
        case VALUE_NUMBER_INT -> {
          request.effectiveFromMillis = EventTimes.check(parser.getLongValue());
          return null;
        }
        default -> parser.skipChildren();
      }
    } catch (DateTimeException | InputCoercionException e) {
      return "effectiveFrom is neither ISO-8601 nor epoch milliseconds of the years 1 to 9999";
    }
    return "effectiveFrom is neither ISO-8601 nor epoch milliseconds";
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Reads what a group shall become. */
  private interface PromotionReader {
    Promotion read() throws IOException;
  }

  /** The parts of a change while they are being read. */
  private static final class Request {
    private String kind = "";
    private String channel = "";
    private String target = "";
    private String knownKind;
    private String action;
    private String value;
    private Long effectiveFromMillis;

    /** Whether it is about a group, whose id can be read. */
    private boolean isPromotion() {
      return ControlChange.CANDIDATE.equals(knownKind) && Promotion.isGroup(target);
    }

    /** Takes what a group shall become; returns what is wrong with it, or {@code null}. */
    private String promote(PromotionReader reader) throws IOException {
      try {
        value = reader.read().text();
        return null;
      } catch (IllegalArgumentException e) {
        return "the value is no entry: " + e.getMessage();
      }
    }

    private ControlChange change(String origin) {
      return new ControlChange(
          kind,
          channel,
          target,
          action,
          ControlRules.hasValue(kind) ? value : null,
          effectiveFromMillis,
          origin);
    }

    /** For a refusal: an answer must fit into its topic, however long the key was. */
    private ControlChange cut(String origin) {
      return new ControlChange(
          cutText(kind),
          cutText(channel),
          cutText(target),
          action,
          value == null || !ControlRules.isRepeated(kind) ? null : cutText(value),
          effectiveFromMillis,
          origin);
    }

    private static String cutText(String text) {
      if (text.length() <= MAX_REPEATED_LENGTH) {
        return text;
      }
      boolean splitsPair = Character.isHighSurrogate(text.charAt(MAX_REPEATED_LENGTH - 1));
      return text.substring(0, splitsPair ? MAX_REPEATED_LENGTH - 1 : MAX_REPEATED_LENGTH);
    }
  }
}

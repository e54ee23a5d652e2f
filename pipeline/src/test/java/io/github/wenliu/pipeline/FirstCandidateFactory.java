package io.github.wenliu.pipeline;

import io.github.wenliu.operators.document.Candidate;
import io.github.wenliu.operators.document.EnrichedDocument;
import io.github.wenliu.operators.document.Entity;
import io.github.wenliu.operators.document.Link;
import io.github.wenliu.operators.link.AliasAnswer;
import io.github.wenliu.operators.link.LinkTask;
import io.github.wenliu.operators.link.Mention;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Decides without a model: every place means the first of its candidates, and is a mention if it
 * has one. Fails where the answers are not those to the questions.
 */
final class FirstCandidateFactory extends AbstractStreamOperatorFactory<EnrichedDocument>
    implements OneInputStreamOperatorFactory<LinkTask, EnrichedDocument> {

  private static final long serialVersionUID = 1L;

  @Override
  @SuppressWarnings("unchecked")
  public <T extends StreamOperator<EnrichedDocument>> T createStreamOperator(
      StreamOperatorParameters<EnrichedDocument> operator) {
    return (T) new FirstCandidate(operator);
  }

  @Override
  @SuppressWarnings("rawtypes")
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return FirstCandidate.class;
  }

  private static final class FirstCandidate extends AbstractStreamOperator<EnrichedDocument>
      implements OneInputStreamOperator<LinkTask, EnrichedDocument> {

    private static final long serialVersionUID = 1L;

    FirstCandidate(StreamOperatorParameters<EnrichedDocument> operator) {
      super(operator);
    }

    @Override
    public void processElement(StreamRecord<LinkTask> element) {
      var task = element.getValue();
      var byAlias =
          task.answers().stream().collect(Collectors.toMap(AliasAnswer::alias, answer -> answer));
      var asked = new HashSet<String>();
      var entities = new ArrayList<Entity>();
      for (Mention mention : task.mentions()) {
        asked.add(mention.alias());
        var answer = byAlias.get(mention.alias());
        if (!answer.candidates().isEmpty()) {
          entities.add(entity(mention, answer));
        }
      }
      if (!asked.equals(byAlias.keySet())) {
        throw new IllegalStateException("asked for " + asked + ", answered " + byAlias.keySet());
      }
      var document = task.document();
      output.collect(
          new StreamRecord<>(
              document.withExtraction(entities, document.relations(), document.versions())));
    }

    private static Entity entity(Mention mention, AliasAnswer answer) {
      var first = answer.candidates().get(0);
      var candidates =
          answer.candidates().stream()
              .map(candidate -> new Candidate(candidate.id(), candidate.prior()))
              .toList();
      return new Entity(
          mention.start(),
          mention.end(),
          mention.startUtf16(),
          mention.endUtf16(),
          "+" + answer.more(),
          first.prior(),
          "lexicon",
          new Link(first.id(), first.name(), first.prior(), candidates, false),
          null);
    }
  }
}

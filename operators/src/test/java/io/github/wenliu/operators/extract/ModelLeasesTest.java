package io.github.wenliu.operators.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wenliu.models.extract.ExtractionRequest;
import io.github.wenliu.models.inference.InferenceMetrics;
import io.github.wenliu.models.inference.ModelException;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

class ModelLeasesTest {

  private final FakeExtractors models = new FakeExtractors();
  private final ModelLeases leases =
      new ModelLeases(models, model -> InferenceMetrics.NONE, Runnable::run);

  private void use(String model) {
    leases.of(model, "news").extract(ExtractionRequest.of("一"));
    leases.of(model, "news").end();
  }

  @Test
  void aModelIsOpenedOnceForAllItsDocuments() {
    use("a");
    use("b");
    use("a");
    assertThat(models.opened).containsEntry("a", 1).containsEntry("b", 1);
    assertThat(models.closed).isEmpty();
  }

  @Test
  void aModelThatNoDocumentHasAskedForInALongWhileIsGivenBack() {
    use("a");
    for (int i = 0; i < ModelLeases.IDLE_DOCUMENTS; i++) {
      use("b");
    }
    assertThat(models.closed).containsOnlyKeys("a");
    use("a");
    assertThat(models.opened).containsEntry("a", 2);
  }

  @Test
  void theOneNotAskedForTheLongestGoesWhenThereAreTooMany() {
    for (int i = 0; i < ModelLeases.MOST; i++) {
      use("m" + i);
    }
    use("m0");
    use("another");
    assertThat(models.closed).containsOnlyKeys("m1");
  }

  @Test
  void aModelWithADocumentUnderWayIsKept() {
    var lease = leases.of("a", "news");
    lease.extract(ExtractionRequest.of("一"));
    for (int i = 0; i < ModelLeases.IDLE_DOCUMENTS; i++) {
      use("m" + i % ModelLeases.MOST);
    }
    assertThat(models.closed).doesNotContainKey("a");
    lease.end();
    use("m0");
    assertThat(models.closed).containsKey("a");
  }

  @Test
  void aModelThatCouldNotBeOpenedIsTriedAgain() {
    models.broken.put("a", new ModelException("no disk"));
    assertThatThrownBy(() -> leases.of("a", "news").opened().join())
        .hasMessageContaining("a:news cannot be opened: no disk");
    models.broken.clear();
    assertThat(leases.of("a", "news").opened().join().selection().model()).isEqualTo("a");
  }

  @Test
  void oneThatIsStillBeingOpenedAtTheEndIsGivenBackWhenItIsOpen() {
    var tasks = new ArrayDeque<Runnable>();
    var late = new ModelLeases(models, model -> InferenceMetrics.NONE, tasks::add);
    late.of("a", "news");
    late.close();
    var toGiveBack = tasks.removeLast();
    toGiveBack.run();
    assertThat(models.closed).isEmpty();
    tasks.remove().run();
    assertThat(models.closed).containsOnlyKeys("a");
    assertThat(tasks).as("nothing for threads that may have ended").isEmpty();
  }

  @Test
  void allAreGivenBackAtTheEnd() {
    use("a");
    leases.of("b", "news").extract(ExtractionRequest.of("一"));
    leases.close();
    assertThat(models.closed).containsOnlyKeys("a", "b");
  }
}

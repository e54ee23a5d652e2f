package io.github.wenliu.pipeline.kafka;

import io.github.wenliu.pipeline.config.PipelineConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;

/**
 * Transactions that a job left open. A reader of committed records waits behind them until they
 * time out, so a job that starts afresh ends them first. One that goes on from a checkpoint must
 * not: the checkpoint may have promised them.
 */
public final class OpenTransactions {

  private final PipelineConfig config;
  private final Admin admin;

  public OpenTransactions(PipelineConfig config, Admin admin) {
    this.config = config;
    this.admin = admin;
  }

  /**
   * Aborts every open transaction of the job's sinks.
   *
   * @return their ids
   */
  public List<String> abort() throws ExecutionException, InterruptedException {
    var prefixes =
        Arrays.stream(Topic.values())
            .filter(Topic::isOutput)
            .map(topic -> Sinks.transactionalIdPrefix(config, topic) + "-")
            .toList();
    var open =
        admin
            .listTransactions(
                new ListTransactionsOptions()
                    .filterStates(Set.of(TransactionState.ONGOING, TransactionState.PREPARE_ABORT)))
            .all()
            .get()
            .stream()
            .map(TransactionListing::transactionalId)
            .filter(id -> prefixes.stream().anyMatch(id::startsWith))
            .toList();
    admin.fenceProducers(open).all().get();
    return open;
  }
}

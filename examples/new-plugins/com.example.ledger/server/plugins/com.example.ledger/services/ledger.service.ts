import { TcService } from 'tailchat-server-sdk';
import type { TcContext } from 'tailchat-server-sdk';

/**
 * A service with a collection of its own: it is there when the database is
 */
class LedgerService extends TcService {
  get serviceName() {
    return 'plugin:com.example.ledger';
  }

  onInit() {
    this.registerLocalDb(require('../models/entry').default);
    this.registerAction('add', this.add, {
      params: {
        amount: 'number',
        reason: 'string',
      },
    });
  }

  add(ctx: TcContext<{ amount: number; reason: string }>) {
    return this.adapter.model.create(ctx.params);
  }
}

export default LedgerService;

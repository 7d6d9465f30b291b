import { nanoid } from 'nanoid';
import { TcService } from 'tailchat-server-sdk';
import type { TcContext } from 'tailchat-server-sdk';

/**
 * Backend only: nothing to install in the client. nanoid is a dependency of this plugin alone
 */
class AuditService extends TcService {
  private records: { id: string; what: string }[] = [];

  get serviceName() {
    return 'plugin:com.example.audit';
  }

  onInit() {
    this.registerAction('record', this.record, {
      params: {
        what: 'string',
      },
    });
    this.registerAction('list', this.list);
  }

  record(ctx: TcContext<{ what: string }>) {
    const record = { id: nanoid(), what: ctx.params.what };
    this.records.push(record);
    return record;
  }

  list() {
    return this.records;
  }
}

export default AuditService;

import { db } from 'tailchat-server-sdk';

const schema = new db.Schema({ amount: Number, reason: String });

export default db.model('p_ledger_entry', schema);

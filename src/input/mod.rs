//! Bytes to domain, or every fault: encodings, tables, columns, rosters, event file.

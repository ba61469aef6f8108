"""Is this entry false? One file a kind of evidence; each rule returns firings, and a removal is only ever proposed."""

/*
 * ring.pml - the Ringstore token ring with epoch/hop fencing, for SPIN 6.5.2. Two models:
 *
 *   default  SAFETY    Every token, copy, batch and claim may be lost, delayed, duplicated or reordered;
 *                      nodes reboot anywhere (also inside the critical section); any node may be skipped,
 *                      suspected or replaced at any time, rightly or wrongly; a client may submit the same
 *                      request at several nodes. Checked: S1-S6, S8, S10 of docs/PROTOCOL.md.
 *   -DLIVE   LIVENESS  A budget of faults, then accurate timeouts. Checked: every request is answered,
 *                      with few hops and epochs, and within N critical sections when nothing fails.
 *
 * Commands and results: end of this file and docs/PROTOCOL.md. The -D<WRONG> switches break one rule each.
 */
#ifndef N
#define N 3               /* sync nodes                              */
#endif

#ifndef LIVE
/* ================================================================== SAFETY ============ */
#ifndef R
#define R 1               /* requests: bit r of every mask           */
#endif
#ifndef EMAX
#define EMAX 2            /* epochs 1..EMAX                          */
#endif
#ifndef HMAX
#define HMAX 4            /* hops 1..HMAX in every epoch             */
#endif
#ifndef CRASHES
#define CRASHES 1         /* reboots                                 */
#endif
#ifndef ATTEMPTS
#define ATTEMPTS 2        /* times a client submits one request      */
#endif
#ifndef LATECLAIMS
#define LATECLAIMS 1      /* claims that succeed for a sender that forgot them */
#endif

#define W        (HMAX+1)
#define FN(e,h)  ((e)*W+(h))            /* fence as one number: lexicographic (epoch, hop)    */
#define EP(v)    ((v)/W)
#define HOP(v)   ((v)%W)                /* hop 0 stands for "none"                            */
#define OWNER(h) (((h)-1)%N)            /* RULE R1: the hop names the only possible holder    */
#define BIT(r)   (1<<(r))

/* ---- the store: one linearizable state machine (Raft is taken as correct) ---- */
byte F = 0;               /* fence: (epoch, hop of the last accepted batch)                   */
byte own[EMAX+1];         /* epoch -> node+1 that won the claim and has not minted yet        */
byte applied = 0;         /* requests in the log                                              */
byte cnt[R];              /* ghost: how often each request was applied                        */
byte el[HMAX+1];          /* write batches in flight, by hop of the current epoch: mask       */
byte late = LATECLAIMS;
#ifdef GE_FENCE
byte lastw = 255;         /* ghost: node whose batch was accepted last                        */
byte elw[HMAX+1];         /* ghost: nodes that sent a batch with this hop                     */
#endif

/* ---- network: nothing is ever removed; received twice = duplicate, never received = lost ---- */
typedef Row { short to[N] };
Row  tok[EMAX+1];         /* tok[e].to[d]: mask of hops sent to node d in epoch e             */

/* ---- clients ---- */
byte acked = 0, failed = 0;
byte pend[R];             /* attempts not (yet) definitely refused; a lost one stays for ever */
byte tries[R];

/* ---- sync nodes, all volatile. A node that is down just takes no step; a reboot forgets. ---- */
byte seen[N];             /* greatest fence sighted                                           */
byte hold[N];             /* 0 no token; the token seen[i]: 1 not used, 2 used (only forward) */
byte cs[N];               /* 0, or the fence of the critical section in progress              */
byte sent[N];             /* requests of its batch                                            */
byte q[N];                /* queued requests                                                  */
byte dbt[N];              /* queued requests with an attempt of unknown outcome               */
byte crashes = CRASHES;

/* RULE R6: a greater sighting kills the token held */
#define UPTO(x)  if :: (x) > seen[i] -> seen[i] = (x); hold[i] = 0 :: else fi

inline checkAll() {
  assert((applied & failed) == 0);         /* S6 a definite refusal was honest */
  assert((acked & ~applied) == 0)          /* S5 an acknowledged write is in the log */
}

inline clearEl() {
  k = 0; do :: k <= HMAX -> el[k] = 0;
#ifdef GE_FENCE
            elw[k] = 0;
#endif
            k++ :: else -> break od; k = 0
}

#ifdef GE_FENCE                                /* wrong: "not lower than the highest seen" */
#define OKFENCE(h) ((h) >= HOP(F))
#else
#define OKFENCE(h) ((h) > HOP(F))               /* RULE R2: strictly greater */
#endif

#ifdef NO_DEDUP                                /* wrong */
#define NEWKEY(k) 1
#else
#define NEWKEY(k) !(applied & BIT(k))
#endif
#ifdef GE_FENCE
#define KEEPEQ 1
#else
#define KEEPEQ 0
#endif
/* the store applies mask m of the batch with fence (EP(F), h), sent by node w */
inline accept(h, m, w) {
#ifdef GE_FENCE
  assert(h > HOP(F) || lastw == 255 || lastw == w);   /* S3, S10: one fence, one writer */
  lastw = w;
#endif
  k = 0; do :: k < R -> if :: (m & BIT(k)) && NEWKEY(k) -> cnt[k]++ :: else fi;
                        assert(cnt[k] <= 1);           /* S4 exactly once */
                        k++ :: else -> break od;
  applied = applied | (m);
  k = 0; do :: k <= HMAX -> if :: k < h || (k == h && !KEEPEQ) -> el[k] = 0 :: else fi; k++
            :: else -> break od; k = 0;
  F = FN(EP(F), h);                                    /* S1: grows by OKFENCE */
  checkAll()
}

/* ---- batches that arrive but whose answer is lost or late; claims nobody waits for any more ---- */
#ifdef GE_FENCE
#define SB(h,m) SBW(h,m,0) SBW(h,m,1) SBW(h,m,2)
#define SBW(h,m,w) :: d_step { (el[h] & (m)) == (m) && OKFENCE(h) && (elw[h] & BIT(w)) && HOP(F) != h -> accept(h, m, w) }
#else
#define SB(h,m) :: d_step { (el[h] & (m)) == (m) && OKFENCE(h) -> accept(h, m, OWNER(h)) }
#endif
#if R == 1
#define SBH(h) SB(h,1)
#else
#define SBH(h) SB(h,1) SB(h,2) SB(h,3)
#endif

proctype Store() {
  byte k;
  do
  SBH(1) SBH(2) SBH(3)
#if HMAX > 3
  SBH(4)
#endif
#if HMAX > 4
  SBH(5)
#endif
#if HMAX > 5
  SBH(6)
#endif
  :: d_step { late && EP(F) < EMAX -> late--; F = FN(EP(F)+1, 0); clearEl() }
  od
}

/* ---- sync node ---- */
#define ACC(e,x) :: d_step { (tok[e].to[i] & BIT(x)) && FN(e,x) > seen[i] -> seen[i] = FN(e,x); hold[i] = 1 }
#define CPY(e,x) :: d_step { (tok[e].to[(i+N-1)%N] & BIT(x)) && FN(e,x) > seen[i] -> seen[i] = FN(e,x); hold[i] = COPYHOLD }
#ifdef TAKE_COPY   /* wrong: the backup uses its copy as the token, without a claim */
#define COPYHOLD 1
#else
#define COPYHOLD 0
#endif
#ifdef NAIVE_HOP   /* wrong: hop counts sends, so two nodes can get the same fence */
#define FWD  t = HOP(seen[i])+1; \
             if :: t <= HMAX -> tok[EP(seen[i])].to[(i+1)%N] = tok[EP(seen[i])].to[(i+1)%N] | BIT(t); \
                                tok[EP(seen[i])].to[(i+2)%N] = tok[EP(seen[i])].to[(i+2)%N] | BIT(t) :: else fi; t = 0
#define ACCE(e) ACC(e,1) ACC(e,2) ACC(e,3) ACC(e,4)
#define CPYE(e)
#else
/* RULE R1: a pass over k-1 skipped nodes adds k. Here the pass goes to the next N nodes at once and
   any of them may or may not receive it: that covers every choice of skips and lost answers. */
#define FWD  t = HOP(seen[i])+1; \
             do :: t <= HMAX && t <= HOP(seen[i])+N -> \
                     tok[EP(seen[i])].to[OWNER(t)] = tok[EP(seen[i])].to[OWNER(t)] | BIT(t); t++ \
                :: else -> break od; t = 0
#define ACCE(e) ACC(e,i+1) ACC(e,i+1+N)
#ifdef NO_COPY     /* smaller: copies only raise `seen` */
#define CPYE(e)
#else
#define CPYE(e) CPY(e,((i+N-1)%N)+1) CPY(e,((i+N-1)%N)+1+N)
#endif
#endif

#ifdef GE_FENCE
#define ELW elw[HOP(cs[i])] = elw[HOP(cs[i])] | BIT(i)
#else
#define ELW skip
#endif
#define ENTER(m) :: d_step { hold[i] == 1 && !cs[i] && (q[i] & (m)) == (m) -> \
                     cs[i] = seen[i]; sent[i] = m; hold[i] = 2; \
                     if :: EP(cs[i]) == EP(F) && OKFENCE(HOP(cs[i])) -> \
                             el[HOP(cs[i])] = el[HOP(cs[i])] | (m); ELW \
                        :: else fi }

#ifdef FAIL_DOUBT  /* wrong: a write that timed out is reported as not committed */
#define DOUBTOK(r) 1
#else
#define DOUBTOK(r) !(dbt[i] & BIT(r))           /* RULE R9 */
#endif
#ifdef FAIL_KEY    /* wrong: the refusal of one attempt is taken as the answer for the request */
#define ALLREFUSED(r) 1
#else
#define ALLREFUSED(r) pend[r] == 0              /* RULE R10 */
#endif
#define FAILDEF(r) :: d_step { (q[i] & BIT(r)) && !(sent[i] & BIT(r)) && DOUBTOK(r) -> \
                       q[i] = q[i] & ~BIT(r); dbt[i] = dbt[i] & ~BIT(r); pend[r]--; \
                       if :: ALLREFUSED(r) -> failed = failed | BIT(r) :: else fi; checkAll() }
#define SUBMIT(r) :: d_step { !(acked & BIT(r)) && !(failed & BIT(r)) && tries[r] < ATTEMPTS && !(q[i] & BIT(r)) -> \
                      q[i] = q[i] | BIT(r); pend[r]++; tries[r]++ }

proctype Node(byte i) {
  byte k, t, ok;
  do
  /* receive a token: possibly old, duplicated, reordered */
  ACCE(1)
#if EMAX > 1
  ACCE(2)
#endif
#if EMAX > 2
  ACCE(3)
#endif
  /* receive the backup copy of a token sent to the node before me */
  CPYE(1)
#if EMAX > 1
  CPYE(2)
#endif
#if EMAX > 2
  CPYE(3)
#endif
  /* any other sighting (store answer, peer answer, lost claim) */
  :: d_step { F > seen[i] -> seen[i] = F; hold[i] = 0 }
  /* pass the token on, with or without a critical section before it */
  :: d_step { hold[i] && !cs[i] -> FWD; hold[i] = 0 }
  /* enter the critical section with one batch */
  ENTER(1)
#if R > 1
  ENTER(2) ENTER(3)
#endif
  /* the write is answered */
  :: d_step { cs[i] ->
       assert(EP(cs[i]) <= EP(F));                     /* never an epoch the store does not know */
       if
       :: EP(cs[i]) == EP(F) && OKFENCE(HOP(cs[i])) -> accept(HOP(cs[i]), sent[i], i)
       :: else
       fi;
#ifdef FENCE_FIRST    /* wrong: the fence is looked at before the dedup table */
       if :: F != cs[i] -> ok = 0 :: else -> ok = sent[i] & applied fi;
#else
       ok = sent[i] & applied;                         /* RULE R3: known keys answer first */
#endif
       acked = acked | ok; q[i] = q[i] & ~ok; dbt[i] = dbt[i] & ~sent[i];
       if :: sent[i] & ~ok -> UPTO(F) :: else fi;      /* FENCED: the token is dead */
       cs[i] = 0; sent[i] = 0; ok = 0;
       checkAll() }
  /* the write is not answered in time: outcome unknown, yield */
  :: d_step { cs[i] -> dbt[i] = dbt[i] | sent[i]; cs[i] = 0; sent[i] = 0 }
  /* claim: by anybody, at any time (RULE R8: compare-and-set on the epoch) */
  :: d_step { EP(F) == EP(seen[i]) && EP(F) < EMAX -> F = FN(EP(F)+1, 0); own[EP(F)] = i+1; clearEl() }
  /* the claim's answer arrives: mint the token of that epoch, once */
#define MINT(e) :: d_step { own[e] == i+1 -> own[e] = 0; \
                    if :: FN(e,i+1) > seen[i] -> seen[i] = FN(e,i+1); hold[i] = 1 :: else fi }
  MINT(1)
#if EMAX > 1
  MINT(2)
#endif
#if EMAX > 2
  MINT(3)
#endif
  /* clients */
  SUBMIT(0)
  FAILDEF(0)
#if R > 1
  SUBMIT(1)
  FAILDEF(1)
#endif
  /* reboot, anywhere: everything is lost, then RULE R7: the fence is read from the store */
  :: d_step { crashes > 0 -> crashes--;
       hold[i] = 0; cs[i] = 0; sent[i] = 0; q[i] = 0; dbt[i] = 0;
       k = 1; do :: k <= EMAX -> if :: own[k] == i+1 -> own[k] = 0 :: else fi; k++ :: else -> break od; k = 0;
#ifdef NO_JOIN
       seen[i] = 0
#else
       seen[i] = F
#endif
     }
  od
}

init {
  byte i;
  atomic { run Store(); i = 0; do :: i < N -> run Node(i); i++ :: else -> break od }
}
#endif

#ifdef LIVE
/* ================================================================== LIVENESS ==========
 * Every step either moves a token forward (hop grows) or opens an epoch, faults have a
 * budget, and both counters are asserted to stay small; so the state graph has no cycles and
 * "every request is eventually answered" is: every maximal run ends with all requests acked.
 * Timeouts are accurate here except for the fault budgets (FALSECLAIM, LOSTACK).
 */
#ifndef R
#define R 3
#endif
#ifndef CRASHES
#define CRASHES 1
#endif
#ifndef RESTARTS
#define RESTARTS 1
#endif
#ifndef FALSECLAIM
#define FALSECLAIM 0
#endif
#ifndef LOSTACK
#define LOSTACK 0
#endif
#ifndef CUTS
#define CUTS 0
#endif
#define W       48
#define FN(e,h) ((e)*W+(h))
#define EP(v)   ((v)/W)
#define HOP(v)  ((v)%W)
#define ALLREQ  ((1<<R)-1)
#define HOPLIM  40        /* no run may need more hops in one epoch than this */

short F = 0;              /* the store's fence  */
byte applied = 0, acked = 0;
bool up[N], cut[N], blk[N];  /* alive; cut off from the store; knows that it is (slot = null)  */
short seen[N], tk[N];
byte ph[N];               /* 0 no token 1 HOLD 2 CS, not yet written 3 written, clients not yet
                             answered 4 DONE: forward 5 PARKED 6 claim won, token not yet minted */
typedef V { byte s[N] }
V vec[N];                 /* vector of the token held                                          */
typedef T { byte t[R] }
T ts[N];                  /* timestamp of request r queued at node i, 0 = not queued           */
byte clock = 0;           /* hybrid logical clock, abstracted to one counter                   */
byte crashes = CRASHES, restarts = RESTARTS, fclaim = FALSECLAIM, lostack = LOSTACK, cuts = CUTS;
bool faulty = 0;          /* ghost: some fault happened                                        */
byte ncs = 0;             /* ghost: critical sections so far                                   */
byte pub[R];              /* ghost: ncs+1 when r was first published in the token              */

chan in[N] = [4] of { short, byte, byte, byte, byte };

#define TOKAT(j)   (up[j] && ((ph[j] && EP(tk[j]) == EP(F)) || len(in[j]) > 0))
#if N == 3
#define LIVETOKEN  (TOKAT(0) || TOKAT(1) || TOKAT(2))
#elif N == 4
#define LIVETOKEN  (TOKAT(0) || TOKAT(1) || TOKAT(2) || TOKAT(3))
#endif

#if R == 2
#define WANTS(j)   (up[j] && !blk[j] && (ts[j].t[0] || ts[j].t[1]))
#else
#define WANTS(j)   (up[j] && !blk[j] && (ts[j].t[0] || ts[j].t[1] || ts[j].t[2]))
#endif
#if N == 3
#define DEMAND     (WANTS(0) || WANTS(1) || WANTS(2))
#else
#define DEMAND     (WANTS(0) || WANTS(1) || WANTS(2) || WANTS(3))
#endif

inline oldest(j, res) {   /* smallest timestamp queued at node j, 0 = none */
  res = 0; r = 0;
  do :: r < R -> if :: ts[j].t[r] && (!res || ts[j].t[r] < res) -> res = ts[j].t[r] :: else fi; r++
     :: else -> break od; r = 0
}
inline vsend(d, f) {
#if N == 3
  in[d]!f,vec[i].s[0],vec[i].s[1],vec[i].s[2],0
#else
  in[d]!f,vec[i].s[0],vec[i].s[1],vec[i].s[2],vec[i].s[3]
#endif
}
inline drop() { tk[i] = 0; ph[i] = 0; k = 0; do :: k < N -> vec[i].s[k] = 0; k++ :: else -> break od; k = 0 }

proctype Node(byte i) {
  byte k, r, m; short f; byte a, b, c, d;
end:
  do
  :: atomic { up[i] && (ph[i] == 0 || ph[i] == 5) && len(in[i]) > 0 ->      /* receive */
       in[i]?f,a,b,c,d;
       if
       :: f > seen[i] -> seen[i] = f; tk[i] = f; ph[i] = 1;
            vec[i].s[0] = a; vec[i].s[1] = b; vec[i].s[2] = c;
#if N == 4
            vec[i].s[3] = d;
#endif
       :: else          /* stale: dropped, the sender is told */
       fi; f = 0; a = 0; b = 0; c = 0; d = 0 }
  :: atomic { up[i] && ph[i] == 1 ->                                         /* use it  */
       assert(HOP(tk[i]) < HOPLIM);
#ifdef NO_YIELD
       oldest(i, m);
#else
       if :: blk[i] -> m = 0 :: else -> oldest(i, m) fi;     /* RULE R5: blocked = null slot */
#endif
       vec[i].s[i] = m;
       r = 0; do :: r < R -> if :: ts[i].t[r] && m && !pub[r] -> pub[r] = ncs+1 :: else fi; r++
                 :: else -> break od; r = 0;
       k = 0; a = (m > 0);                                   /* a: my slot is the smallest */
       do :: k < N -> if :: k != i && vec[i].s[k] && vec[i].s[k] < m -> a = 0 :: else fi;
                      b = b || vec[i].s[k]; k++
          :: else -> break od; k = 0;
       if :: a -> ph[i] = 2
          :: !a && b -> ph[i] = 4
          :: !a && !b -> ph[i] = 5
       fi; a = 0; b = 0; m = 0 }
  :: atomic { up[i] && ph[i] == 2 ->                                         /* the write */
       if
       :: cut[i] -> blk[i] = 1; ph[i] = 4; 
#ifndef NO_YIELD
                    vec[i].s[i] = 0
#endif
       :: !cut[i] && EP(tk[i]) == EP(F) && HOP(tk[i]) > HOP(F) ->
            F = tk[i]; ncs++;
            r = 0; do :: r < R -> if :: ts[i].t[r] -> applied = applied | (1<<r) :: else fi; r++
                      :: else -> break od; r = 0;
            ph[i] = 3
       :: !cut[i] && !(EP(tk[i]) == EP(F) && HOP(tk[i]) > HOP(F)) ->         /* fenced */
            if :: F > seen[i] -> seen[i] = F :: else fi; drop()
       fi }
  :: atomic { up[i] && ph[i] == 3 ->                                         /* answer clients */
       r = 0; do :: r < R -> if :: ts[i].t[r] && (applied & (1<<r)) ->
                                     if :: !(acked & (1<<r)) && !faulty && pub[r] ->
                                             assert(ncs + 1 - pub[r] <= N)   /* K <= N (B >= Q) */
                                        :: else fi;
                                     acked = acked | (1<<r); ts[i].t[r] = 0
                                :: else fi; r++
                 :: else -> break od; r = 0;
       r = 0; do :: r < R -> if :: ts[i].t[r] && !pub[r] -> pub[r] = ncs+1 :: else fi; r++
                 :: else -> break od; r = 0;
       oldest(i, m); vec[i].s[i] = m; m = 0; ph[i] = 4 }           /* what came meanwhile */
  :: atomic { up[i] && ph[i] == 4 ->                                         /* forward */
       k = 1;
       do
       :: k <= N ->
            d = (i+k)%N;
            if
            :: d == i -> f = tk[i]+k; seen[i] = f; tk[i] = f; ph[i] = 1; break   /* alone */
            :: d != i && up[d] -> f = tk[i]+k; vsend(d, f); seen[i] = f;   /* my own pass is a sighting */
                 c = (d+1)%N;                                /* backup copy: a sighting */
                 do :: !up[c] && c != d -> c = (c+1)%N :: else -> break od;
                 if :: c != d && ph[c] == 0 && f > seen[c] -> seen[c] = f :: else fi; c = 0;
                 drop(); break
            :: d != i && up[d] && lostack -> lostack--; faulty = 1;          /* ack lost: skip it */
                 f = tk[i]+k; vsend(d, f); vec[i].s[d] = 0; k++
            :: d != i && !up[d] -> 
#ifndef NO_NULL
                 vec[i].s[d] = 0;                            /* RULE R4: skipping = null slot */
#endif
                 k++
            fi
       od; k = 0; f = 0; d = 0 }
  :: atomic { up[i] && ph[i] == 5 && WANTS(i) -> ph[i] = 1 }                 /* local request */
  :: atomic { up[i] && ph[i] == 5 && !WANTS(i) && DEMAND ->                  /* wake, or X */
       if :: WANTS(0) && i != 0 -> oldest(0, m); vec[i].s[0] = m
          :: WANTS(1) && i != 1 -> oldest(1, m); vec[i].s[1] = m
          :: WANTS(2) && i != 2 -> oldest(2, m); vec[i].s[2] = m
#if N == 4
          :: WANTS(3) && i != 3 -> oldest(3, m); vec[i].s[3] = m
#endif
          :: skip
       fi; m = 0; ph[i] = 4 }
  /* takeover: the token is gone, or (budget) it only seems to be gone */
  :: atomic { up[i] && !ph[i] && !cut[i] && !LIVETOKEN && EP(seen[i]) == EP(F) ->
       assert(EP(F) < 5);
       F = FN(EP(F)+1, 0); tk[i] = F; ph[i] = 6 }
  :: atomic { up[i] && !ph[i] && !cut[i] && !LIVETOKEN && EP(seen[i]) < EP(F) -> seen[i] = F }
  :: atomic { up[i] && !ph[i] && !cut[i] && LIVETOKEN && fclaim && EP(seen[i]) == EP(F) && EP(F) < 4 ->
       fclaim--; faulty = 1; F = FN(EP(F)+1, 0); tk[i] = F; ph[i] = 6 }
  :: atomic { up[i] && ph[i] == 6 ->                                         /* mint */
       if :: FN(EP(tk[i]), i+1) > seen[i] -> tk[i] = FN(EP(tk[i]), i+1); seen[i] = tk[i]; ph[i] = 1
          :: else -> drop() fi }
  /* a crash loses everything volatile, also what was on the way to the node */
  :: atomic { up[i] && crashes ->
       crashes--; faulty = 1; up[i] = 0; seen[i] = 0; blk[i] = 0;
       do :: len(in[i]) > 0 -> in[i]?f,a,b,c,d :: else -> break od; f = 0; a = 0; b = 0; c = 0; d = 0;
       r = 0; do :: r < R -> ts[i].t[r] = 0; r++ :: else -> break od; r = 0;
       drop() }
  :: atomic { !up[i] && restarts -> restarts--; up[i] = 1; seen[i] = F }
  :: atomic { up[i] && cuts && !cut[i] -> cuts--; faulty = 1; cut[i] = 1 }
  od
}

/* one client per request: submits at any node, retries elsewhere when that node died or is cut */
proctype Client(byte r) {
  byte at;
  atomic { if :: at = 0 :: at = 1 :: at = 2
#if N == 4
     :: at = 3
#endif
     fi; clock++; if :: up[at] -> ts[at].t[r] = clock :: else fi }
  do
  :: atomic { !(acked & (1<<r)) && (!up[at] || !ts[at].t[r] || blk[at]) ->
       if :: up[0] && !blk[0] -> at = 0
          :: up[1] && !blk[1] -> at = 1
          :: up[2] && !blk[2] -> at = 2
#if N == 4
          :: up[3] && !blk[3] -> at = 3
#endif
       fi;
       clock++; ts[at].t[r] = clock }
  :: atomic { (acked & (1<<r)) -> break }
  od
}

init {
  byte i;
  d_step { i = 0; do :: i < N -> up[i] = 1; i++ :: else -> break od }
  atomic { i = 0; do :: i < N -> run Node(i); i++ :: else -> break od;
           i = 0; do :: i < R -> run Client(i); i++ :: else -> break od }
}
#endif

/*
 * How to run one configuration (all of them: ./check-model):
 *   spin -a <flags> ring.pml && gcc -O2 -DSAFETY -DCOLLAPSE -DNOREDUCE -DVECTORSZ=1024 -o pan pan.c
 *   ./pan -E -m1000000        (safety model)        ./pan -m1000000     (liveness model: end states matter)
 *   spin -t -p -g <flags> ring.pml                  (replay a counterexample)
 *
 * Each WRONG switch breaks one rule and must give a counterexample:
 *   -DNAIVE_HOP -DGE_FENCE  hop counts sends, store accepts "not lower": two nodes write under one fence   (R1, R2)
 *   -DTAKE_COPY -DGE_FENCE  the backup uses its copy as the token without a claim                          (R8)
 *   -DFENCE_FIRST           fence before dedup: FENCED although an earlier attempt was applied             (R3)
 *   -DFAIL_DOUBT            a timed-out write is reported as not committed                                 (R9)
 *   -DFAIL_KEY              the refusal of one attempt is taken for the whole request                      (R10)
 *   -DNO_DEDUP              no dedup table                                                                 (R3)
 *   -DLIVE ... -DNO_YIELD   a node cut off from the store keeps its slot: everybody else starves           (R5)
 *   -DLIVE ... -DNO_NULL    the slot of a skipped node is kept: everybody waits for a dead node            (R4)
 * -DNO_JOIN (restart without reading the fence, R7) passes: R7 is for tidiness and speed, not for safety.
 */

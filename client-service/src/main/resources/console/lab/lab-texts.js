// @ts-check
/**
 * The guided labs: an experiment, a question, and what to look at.
 *
 * @typedef {{title: string, about: string, steps: string[], question: string, look: string}} Text
 */

/** @type {Record<"en" | "pt", {name: string, labs: string, experiment: string, question: string, look: string}>} */
export const WORDS = {
  en: { name: "English", labs: "Labs", experiment: "Experiment", question: "Question", look: "What to look at" },
  pt: { name: "Português", labs: "Laboratórios", experiment: "Experimento", question: "Pergunta", look: "O que observar" },
};

/** @type {Record<"en" | "pt", Text>[]} */
export const LABS = [
  {
    en: {
      title: "Who may write?",
      about: "The token is a vector: for each node, since when its oldest request waits. Whoever has the oldest request enters.",
      steps: ["In Ring, press Pause in Slow motion.", "In Data, send two or three writes; each will wait.",
        "Back in Ring, press Next hop again and again, and read the vector before each press."],
      question: "Before each hop: will the next node enter the critical section, or pass the token on? Why?",
      look: "The smallest number of the vector that is not empty, and whose slot it is. A node that has written clears its slot.",
    },
    pt: {
      title: "Quem pode escrever?",
      about: "O token é um vetor: para cada nó, desde quando espera o seu pedido mais antigo. Entra quem tem o pedido mais antigo.",
      steps: ["Em Ring, em Slow motion, clique em Pause.", "Em Data, envie duas ou três escritas; cada uma vai esperar.",
        "De volta a Ring, clique várias vezes em Next hop e leia o vetor antes de cada clique."],
      question: "Antes de cada passo: o próximo nó entra na seção crítica ou repassa o token? Por quê?",
      look: "O menor valor do vetor que não está vazio, e de quem é a posição. O nó que escreveu limpa a sua posição.",
    },
  },
  {
    en: {
      title: "The run of the assignment",
      about: "Five clients write R1 to R5, wait for COMMITTED, and think for one to five seconds.",
      steps: ["In Workload, start the assignment's run.", "Watch the ring while it goes on.", "When it is over, read the verdict and the table of the clients."],
      question: "Did any client wait much longer than the others? What would you have to change for that to happen?",
      look: "Longest wait in Oldest first, and how many writes were overtaken: a batch takes all that waits at one node, so a younger write may go with an older one.",
    },
    pt: {
      title: "A execução do trabalho",
      about: "Cinco clientes escrevem R1 a R5, esperam por COMMITTED e pensam de um a cinco segundos.",
      steps: ["Em Workload, inicie a execução do trabalho (The assignment's run).", "Observe o anel enquanto ela acontece.", "No fim, leia o veredito e a tabela dos clientes."],
      question: "Algum cliente esperou muito mais que os outros? O que seria preciso mudar para isso acontecer?",
      look: "A maior espera em Oldest first e quantas escritas foram ultrapassadas: um lote leva tudo o que espera em um nó, então uma escrita mais nova pode ir junto com uma mais antiga.",
    },
  },
  {
    en: {
      title: "Dead in the critical section",
      about: "In case 1.3 a node dies after the store has written and before a client knows. The original system wrote the retry a second time.",
      steps: ["Write down the epoch that Ring shows.", "In Scenarios, do 1.3.", "Watch who skips the dead node, and the epoch."],
      question: "How does the store know that the repeated request is not a new one? And why did the epoch grow?",
      look: "Claimed in Timeline, the verdict's line “Nothing stands twice”, and in the log: one record for each request id.",
    },
    pt: {
      title: "Morto na seção crítica",
      about: "No caso 1.3 um nó morre depois que o store escreveu e antes que um cliente saiba. O sistema original escrevia a repetição outra vez.",
      steps: ["Anote a época (epoch) que Ring mostra.", "Em Scenarios, execute o 1.3.", "Observe quem pula o nó morto, e a época."],
      question: "Como o store sabe que o pedido repetido não é novo? E por que a época aumentou?",
      look: "Claimed em Timeline, a linha “Nothing stands twice” do veredito e, no log, um só registro para cada id de pedido.",
    },
  },
  {
    en: {
      title: "Slow is not dead",
      about: "A timeout cannot tell a dead node from a slow one. Here a mistake costs time, never data.",
      steps: ["In Scenarios, do pause: the node that writes freezes for four seconds.", "Watch it come back: it still believes that it may write.",
        "Do 1.2 as well, and compare the two recovery times."],
      question: "Two nodes believed that they held the token. Why did only one of them write?",
      look: "The fence (epoch and hop) of the records before and after, and Fenced in Timeline. The store refuses what is older than what it has seen.",
    },
    pt: {
      title: "Lento não é morto",
      about: "Um timeout não distingue um nó morto de um nó lento. Aqui um engano custa tempo, nunca dados.",
      steps: ["Em Scenarios, execute pause: o nó que escreve congela por quatro segundos.", "Veja-o voltar: ele ainda acredita que pode escrever.",
        "Execute também o 1.2 e compare os dois tempos de recuperação."],
      question: "Dois nós acreditaram ter o token. Por que só um deles escreveu?",
      look: "O fence (época e hop) dos registros antes e depois, e Fenced em Timeline. O store recusa o que é mais antigo do que o que já viu.",
    },
  },
  {
    en: {
      title: "Losing the primary",
      about: "Three store nodes keep the log. A write is acknowledged when a majority has it on disk.",
      steps: ["In Workload, start a load of 100 writes each second for 20 seconds, and watch the throughput.",
        "When it is over, do scenario 2.3, then partition."],
      question: "What would be lost if one store node's disk were enough for an acknowledgement? And why does the cut off primary not go on by itself?",
      look: "Role and term of the store nodes, the gap in the chart, and the recovery time in the verdict.",
    },
    pt: {
      title: "Perder o primário",
      about: "Três nós do store guardam o log. Uma escrita é confirmada quando a maioria a tem em disco.",
      steps: ["Em Workload, inicie uma carga de 100 escritas por segundo durante 20 segundos e observe a vazão.",
        "No fim, execute o cenário 2.3 e depois partition."],
      question: "O que se perderia se o disco de um só nó bastasse para confirmar? E por que o primário isolado não continua sozinho?",
      look: "Papel (role) e mandato (term) dos nós do store, a falha no gráfico e o tempo de recuperação no veredito.",
    },
  },
];

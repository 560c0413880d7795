// Asks Microsoft's own KQL parser about texts. One JSON object a line on stdin:
//
//   { "text": "...", "names": ["..."] }                      a command or query, and names that exist
//   { "text": "...", "tables": { "T": "a:long, b:string" } }  a query, and the tables it may ask
//   { "catalogue": true }                                     asks for what KQL has
//
// and one a line on stdout, in the same order:
//
//   {
//     "kind": "CreateTable",           the command as the parser knows it; "Query" for a query
//     "faults": ["KS005 ..."],         diagnostics, skipped tokens, an unknown command; none where the text is clean
//     "places": [12],                  where each diagnostic begins
//     "texts": ["..."],                the value of every string literal and quoted name as the parser reads it, in UTF-16 and
//                                      base64, as JSON has no way to write half of a character
//     "literals": ["LongLiteral -3"],  kind and text of every other literal
//     "columns": "a:long, b:string"    the columns of the result of a query; missing where it has none
//   }
//
// or, for the catalogue:
//
//   { "operators": ["..."], "functions": ["..."], "aggregates": ["..."], "plugins": ["..."] }
//
// The names given are those of the schema: there is a database, a table and a column for each. So whatever the text calls
// by one of them is found, and a name that has become another on its way is not.
'use strict';

const library = '@kusto/language-service-next';
require(`${library}/bridge.min.js`);
require(`${library}/Kusto.Language.Bridge.min.js`);
const { KustoCode, GlobalState, Symbols, Syntax } = Kusto.Language;

const kindNames = new Map(Object.entries(Syntax.SyntaxKind).filter(([, value]) => typeof value === 'number').map(([name, value]) => [value, name]));

// The library comes from .NET through a translator: overloads are numbered, lists are of its own type.
function array(items, type) {
    return System.Array.init(items, type);
}

function schema(names) {
    const column = (name) => new Symbols.ColumnSymbol(name, Symbols.ScalarTypes.String);
    const table = (name) => new Symbols.TableSymbol.$ctor4(name, array(names.map(column), Symbols.ColumnSymbol));
    const database = (name) => new Symbols.DatabaseSymbol(name, array(names.map(table), Symbols.Symbol));
    const databases = names.map(database);
    const cluster = new Symbols.ClusterSymbol('cluster', array(databases, Symbols.DatabaseSymbol));
    const globals = GlobalState.Default.WithCluster(cluster);
    return databases.length > 0 ? globals.WithDatabase(databases[0]) : globals;
}

function schemaOfTables(tables) {
    const symbols = Object.entries(tables).map(([name, columns]) => new Symbols.TableSymbol.$ctor7(name, `(${columns})`, ''));
    const database = new Symbols.DatabaseSymbol('database', array(symbols, Symbols.Symbol));
    return GlobalState.Default.WithCluster(new Symbols.ClusterSymbol('cluster', array([database], Symbols.DatabaseSymbol))).WithDatabase(database);
}

function columnsOf(type) {
    if (!type || !Bridge.is(type, Symbols.TableSymbol)) {
        return undefined;
    }
    const columns = [];
    for (let i = 0; i < type.Columns.Count; i++) {
        const column = type.Columns.getItem(i);
        columns.push(`${column.Name}:${column.Type.Name}`);
    }
    return columns.join(', ');
}

function check({ text, names, tables }) {
    const code = KustoCode.ParseAndAnalyze(text, tables ? schemaOfTables(tables) : schema(names ?? []));
    const answer = { kind: code.Kind, faults: [], places: [], texts: [], literals: [], columns: columnsOf(code.ResultType) };
    const diagnostics = code.GetDiagnostics();
    for (let i = 0; i < diagnostics.Count; i++) {
        const diagnostic = diagnostics.getItem(i);
        answer.faults.push(`${diagnostic.Code} ${diagnostic.Message}`);
        answer.places.push(diagnostic.Start);
    }

    const visit = (element) => {
        const kind = kindNames.get(element.Kind);
        // None of these three is a diagnostic.
        if (['SkippedTokens', 'CommandAndSkippedTokens', 'UnknownCommand', 'BadCommand', 'PartialCommand', 'BadToken', 'BadQueryOperator'].includes(kind)) {
            answer.faults.push(`${kind} ${text.slice(element.TextStart, element.End)}`);
        }
        if (kind === 'CustomCommand') {
            answer.kind = element.CommandKind;
        }
        // Of literals in a row, 'it' 's', the parser makes one text: SQL's way of doubling a quote is no error to it.
        if (kind === 'CompoundStringLiteralExpression') {
            answer.faults.push('CompoundStringLiteralExpression');
        }
        if (kind === 'StringLiteralExpression') {
            answer.texts.push(Buffer.from(element.LiteralValue, 'utf16le').toString('base64'));
        } else if (kind.endsWith('LiteralExpression')) {
            answer.literals.push(`${kind.replace(/Expression$/, '')} ${element.GetFirstToken().ValueText}`);
        }
        for (let i = 0; i < element.ChildCount; i++) {
            const child = element.GetChild(i);
            if (child) {
                visit(child);
            }
        }
    };
    visit(code.Syntax);
    return answer;
}

function list(items, select) {
    return Bridge.toArray(items).map(select);
}

// The library has the kinds of operators, and the texts of keywords.
function operatorName(kind) {
    const name = kindNames.get(kind).replace(/Operator$/, '');
    return Syntax.SyntaxFacts.GetText(Syntax.SyntaxKind[`${name.replace(/By$/, '')}Keyword`] ?? Syntax.SyntaxKind[`${name}Keyword`]);
}

function catalogue() {
    return {
        operators: list(Kusto.Language.KustoFacts.PostPipeOperatorKinds, operatorName),
        functions: list(Kusto.Language.Functions.All, (symbol) => symbol.Name),
        aggregates: list(Kusto.Language.Aggregates.All, (symbol) => symbol.Name),
        plugins: list(Kusto.Language.PlugIns.All, (symbol) => symbol.Name),
    };
}

function respond(line) {
    let answer;
    try {
        const request = JSON.parse(line);
        answer = request.catalogue ? catalogue() : check(request);
    } catch (error) {
        answer = { kind: '', faults: [`The parser failed: ${error.stack ?? error}`], places: [], texts: [], literals: [] };
    }
    process.stdout.write(JSON.stringify(answer) + '\n');
}

// By hand and not with readline, to which U+2028 ends a line as well.
let rest = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (piece) => {
    const lines = (rest + piece).split('\n');
    rest = lines.pop();
    lines.forEach(respond);
});

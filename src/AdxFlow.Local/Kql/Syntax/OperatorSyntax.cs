using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Syntax;

/// <summary>A tabular operator as written; the position is that of its name.</summary>
internal abstract record OperatorSyntax(int Position);

/// <summary>An expression with the name it was given, or null.</summary>
internal sealed record NamedExpressionSyntax(string? Name, int Position, ExpressionSyntax Expression);

/// <summary>A sort key.</summary>
internal sealed record OrderSyntax(ExpressionSyntax Expression, bool Descending, bool NullsFirst);

/// <summary>A column name, or a pattern with <c>*</c> in it.</summary>
/// <param name="Position">Where it stands.</param>
/// <param name="Pattern">The name or pattern.</param>
/// <param name="IsWildcard">True for a pattern.</param>
/// <param name="Order"><c>asc</c> or <c>desc</c> for the columns it finds; null for their own order.</param>
internal sealed record ColumnPatternSyntax(int Position, string Pattern, bool IsWildcard, string? Order = null);

internal sealed record WhereSyntax(int Position, ExpressionSyntax Predicate) : OperatorSyntax(Position);

internal sealed record ProjectSyntax(int Position, IReadOnlyList<NamedExpressionSyntax> Items) : OperatorSyntax(Position);

internal sealed record ExtendSyntax(int Position, IReadOnlyList<NamedExpressionSyntax> Items) : OperatorSyntax(Position);

/// <summary><c>serialize</c>, with or without new columns.</summary>
internal sealed record SerializeSyntax(int Position, IReadOnlyList<NamedExpressionSyntax> Items) : OperatorSyntax(Position);

internal sealed record ProjectAwaySyntax(int Position, IReadOnlyList<ColumnPatternSyntax> Columns, bool Keep) : OperatorSyntax(Position);

internal sealed record ProjectReorderSyntax(int Position, IReadOnlyList<ColumnPatternSyntax> Columns) : OperatorSyntax(Position);

internal sealed record ProjectRenameSyntax(int Position, IReadOnlyList<NamedExpressionSyntax> Items) : OperatorSyntax(Position);

/// <summary><c>count</c>; the name of its column is <c>Count</c> unless one is given with <c>as</c>.</summary>
internal sealed record CountSyntax(int Position, string Name) : OperatorSyntax(Position);

internal sealed record TakeSyntax(int Position, ExpressionSyntax Rows) : OperatorSyntax(Position);

/// <summary><c>sample</c>.</summary>
internal sealed record SampleSyntax(int Position, ExpressionSyntax Rows) : OperatorSyntax(Position);

/// <summary><c>sample-distinct</c>.</summary>
internal sealed record SampleDistinctSyntax(int Position, ExpressionSyntax Rows, NamedExpressionSyntax Column) : OperatorSyntax(Position);

internal sealed record SortSyntax(int Position, IReadOnlyList<OrderSyntax> Keys) : OperatorSyntax(Position);

internal sealed record TopSyntax(int Position, ExpressionSyntax Rows, OrderSyntax Key) : OperatorSyntax(Position);

internal sealed record DistinctSyntax(int Position, IReadOnlyList<NamedExpressionSyntax> Items, bool All) : OperatorSyntax(Position);

internal sealed record SummarizeSyntax(int Position, IReadOnlyList<NamedExpressionSyntax> Aggregates, IReadOnlyList<NamedExpressionSyntax> Keys) : OperatorSyntax(Position);

/// <summary>One of the series of <c>make-series</c>, and the value of gaps, where it is given.</summary>
internal sealed record SeriesSyntax(NamedExpressionSyntax Item, ExpressionSyntax? Default);

/// <summary><c>make-series</c>.</summary>
/// <param name="Position">Where it stands.</param>
/// <param name="NonEmpty">True where no rows make series of gaps.</param>
/// <param name="Series">The series.</param>
/// <param name="Axis">What they are ordered by.</param>
/// <param name="From">The least value of the axis, or null.</param>
/// <param name="To">The value of the axis before which it ends, or null.</param>
/// <param name="Step">The difference between values of the axis.</param>
/// <param name="Keys">What each combination of gets series of its own.</param>
internal sealed record MakeSeriesSyntax(
    int Position,
    bool NonEmpty,
    IReadOnlyList<SeriesSyntax> Series,
    NamedExpressionSyntax Axis,
    ExpressionSyntax? From,
    ExpressionSyntax? To,
    ExpressionSyntax Step,
    IReadOnlyList<NamedExpressionSyntax> Keys) : OperatorSyntax(Position);

internal sealed record GetSchemaSyntax(int Position) : OperatorSyntax(Position);

/// <summary><c>render</c>: advice for a client, without effect on the rows.</summary>
internal sealed record RenderSyntax(int Position) : OperatorSyntax(Position);

/// <summary><c>as</c>: a name for the rows so far.</summary>
internal sealed record AsSyntax(int Position, string Name, bool Materialized) : OperatorSyntax(Position);

/// <summary>A condition of <c>join</c> and <c>lookup</c>: a column of the left side equals one of the right.</summary>
internal sealed record JoinConditionSyntax(int Position, string Left, string Right);

/// <summary><c>join</c> and <c>lookup</c>.</summary>
internal sealed record JoinSyntax(int Position, string Kind, bool IsLookup, PipelineSyntax Right, IReadOnlyList<JoinConditionSyntax> Conditions) : OperatorSyntax(Position);

/// <summary>One of the tables of a <c>union</c>: a pipeline, or the pattern of names of tables.</summary>
internal sealed record UnionLegSyntax(int Position, PipelineSyntax? Pipeline, ColumnPatternSyntax? Pattern);

/// <summary><c>union</c>, behind a pipe.</summary>
internal sealed record UnionSyntax(int Position, bool IsInner, bool IsFuzzy, string? SourceColumn, IReadOnlyList<UnionLegSyntax> Legs) : OperatorSyntax(Position);

/// <summary><c>search</c>; no tables are all of them.</summary>
internal sealed record SearchSyntax(int Position, bool IsCaseSensitive, IReadOnlyList<UnionLegSyntax> Tables, ExpressionSyntax Predicate) : OperatorSyntax(Position);

/// <summary>An array that <c>mv-expand</c> expands, and the type of its elements.</summary>
internal sealed record ExpansionSyntax(NamedExpressionSyntax Item, KustoType Type);

/// <summary><c>mv-expand</c>.</summary>
internal sealed record MvExpandSyntax(int Position, bool BagsAsPairs, string? IndexColumn, IReadOnlyList<ExpansionSyntax> Items, ExpressionSyntax? Limit, bool IsLegacy) : OperatorSyntax(Position);

/// <summary><c>mv-apply</c>: what is expanded, and the operators for the rows of each record.</summary>
internal sealed record MvApplySyntax(int Position, MvExpandSyntax Expansion, IReadOnlyList<OperatorSyntax> Operators) : OperatorSyntax(Position);

/// <summary><c>partition</c>: the operators for the rows of each value of a column.</summary>
internal sealed record PartitionSyntax(int Position, string Strategy, NameSyntax Key, IReadOnlyList<OperatorSyntax> Operators) : OperatorSyntax(Position);

/// <summary>A part of the pattern of <c>parse</c>: a text to find, a column to fill, or (both null) <c>*</c>.</summary>
internal sealed record ParsePartSyntax(int Position, string? Text, Column? Column);

/// <summary><c>parse</c> and <c>parse-where</c>.</summary>
internal sealed record ParseSyntax(int Position, string Kind, string Flags, bool IsFilter, ExpressionSyntax Expression, IReadOnlyList<ParsePartSyntax> Parts) : OperatorSyntax(Position);

/// <summary>Where a pipeline's rows come from.</summary>
internal abstract record PipelineSourceSyntax(int Position);

internal sealed record TableSourceSyntax(int Position, string Name) : PipelineSourceSyntax(Position);

internal sealed record PrintSourceSyntax(int Position, IReadOnlyList<NamedExpressionSyntax> Items) : PipelineSourceSyntax(Position);

internal sealed record DatatableSourceSyntax(int Position, IReadOnlyList<Column> Columns, IReadOnlyList<ExpressionSyntax> Values) : PipelineSourceSyntax(Position);

/// <summary><c>range name from … to … step …</c>.</summary>
internal sealed record RangeSourceSyntax(int Position, string Column, ExpressionSyntax From, ExpressionSyntax To, ExpressionSyntax Step) : PipelineSourceSyntax(Position);

internal sealed record NestedSourceSyntax(int Position, PipelineSyntax Pipeline) : PipelineSourceSyntax(Position);

/// <summary><c>union</c> at the beginning.</summary>
internal sealed record UnionSourceSyntax(int Position, UnionSyntax Union) : PipelineSourceSyntax(Position);

/// <summary><c>search</c> at the beginning.</summary>
internal sealed record SearchSourceSyntax(int Position, SearchSyntax Search) : PipelineSourceSyntax(Position);

/// <summary>The call of a function that gives a table.</summary>
internal sealed record CallSourceSyntax(int Position, CallSyntax Call) : PipelineSourceSyntax(Position);

/// <summary><c>materialize(…)</c>: rows that are computed once, however often they are read.</summary>
internal sealed record MaterializeSourceSyntax(int Position, PipelineSyntax Pipeline) : PipelineSourceSyntax(Position);

/// <summary>A source and the operators after it.</summary>
internal sealed record PipelineSyntax(PipelineSourceSyntax Source, IReadOnlyList<OperatorSyntax> Operators);

/// <summary>A declared query parameter with its default, if it has one.</summary>
internal sealed record ParameterSyntax(int Position, string Name, KustoType Type, ExpressionSyntax? Default);

/// <summary>A statement.</summary>
internal abstract record StatementSyntax(int Position);

/// <summary>A query.</summary>
internal sealed record QuerySyntax(int Position, PipelineSyntax Pipeline) : StatementSyntax(Position);

/// <summary><c>let name = …</c> with either a scalar or a pipeline.</summary>
internal sealed record LetSyntax(int Position, string Name, ExpressionSyntax? Scalar, PipelineSyntax? Pipeline) : StatementSyntax(Position);

/// <summary>A parameter of a function: a scalar, or a table with at least the given columns.</summary>
internal sealed record FunctionParameterSyntax(int Position, string Name, KustoType Type, IReadOnlyList<Column>? Columns, ExpressionSyntax? Default);

/// <summary><c>let name = (parameters) { … }</c>; a <c>view</c> is found by the wildcards of <c>union</c>.</summary>
/// <param name="Position">Where it begins.</param>
/// <param name="Name">The name.</param>
/// <param name="IsView">True for a view.</param>
/// <param name="Parameters">The parameters; those that are tables come first.</param>
/// <param name="Lets">The statements of the body before its result.</param>
/// <param name="Scalar">The result, where it may be a value.</param>
/// <param name="Pipeline">The result, where it is a table.</param>
internal sealed record LetFunctionSyntax(
    int Position,
    string Name,
    bool IsView,
    IReadOnlyList<FunctionParameterSyntax> Parameters,
    IReadOnlyList<StatementSyntax> Lets,
    ExpressionSyntax? Scalar,
    PipelineSyntax? Pipeline) : StatementSyntax(Position);

/// <summary><c>declare query_parameters(…)</c>.</summary>
internal sealed record DeclareSyntax(int Position, IReadOnlyList<ParameterSyntax> Parameters) : StatementSyntax(Position);

/// <summary><c>set name = value</c>; null where no value is given.</summary>
internal sealed record SetSyntax(int Position, string Name, string? Value) : StatementSyntax(Position);

/// <summary>The columns that a plugin is said to give, and whether those of its input come in front.</summary>
internal sealed record OutputSchemaSyntax(int Position, bool WithInput, IReadOnlyList<Column> Columns);

/// <summary><c>evaluate</c>: a plugin, and the columns that it is said to give, or null.</summary>
internal sealed record EvaluateSyntax(int Position, CallSyntax Plugin, OutputSchemaSyntax? Output) : OperatorSyntax(Position);

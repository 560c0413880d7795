using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Syntax;

/// <summary>A tabular operator as written; the position is that of its name.</summary>
internal abstract record OperatorSyntax(int Position);

/// <summary>An expression with the name it was given, or null.</summary>
internal sealed record NamedExpressionSyntax(string? Name, int Position, ExpressionSyntax Expression);

/// <summary>A sort key.</summary>
internal sealed record OrderSyntax(ExpressionSyntax Expression, bool Descending, bool NullsFirst);

/// <summary>A column name, or a pattern with <c>*</c> in it.</summary>
internal sealed record ColumnPatternSyntax(int Position, string Pattern, bool IsWildcard);

internal sealed record WhereSyntax(int Position, ExpressionSyntax Predicate) : OperatorSyntax(Position);

internal sealed record ProjectSyntax(int Position, IReadOnlyList<NamedExpressionSyntax> Items) : OperatorSyntax(Position);

internal sealed record ExtendSyntax(int Position, IReadOnlyList<NamedExpressionSyntax> Items) : OperatorSyntax(Position);

internal sealed record ProjectAwaySyntax(int Position, IReadOnlyList<ColumnPatternSyntax> Columns, bool Keep) : OperatorSyntax(Position);

internal sealed record ProjectReorderSyntax(int Position, IReadOnlyList<ColumnPatternSyntax> Columns) : OperatorSyntax(Position);

internal sealed record ProjectRenameSyntax(int Position, IReadOnlyList<NamedExpressionSyntax> Items) : OperatorSyntax(Position);

internal sealed record CountSyntax(int Position) : OperatorSyntax(Position);

internal sealed record TakeSyntax(int Position, ExpressionSyntax Rows) : OperatorSyntax(Position);

internal sealed record SortSyntax(int Position, IReadOnlyList<OrderSyntax> Keys) : OperatorSyntax(Position);

internal sealed record TopSyntax(int Position, ExpressionSyntax Rows, OrderSyntax Key) : OperatorSyntax(Position);

internal sealed record DistinctSyntax(int Position, IReadOnlyList<NamedExpressionSyntax> Items, bool All) : OperatorSyntax(Position);

internal sealed record SummarizeSyntax(int Position, IReadOnlyList<NamedExpressionSyntax> Aggregates, IReadOnlyList<NamedExpressionSyntax> Keys) : OperatorSyntax(Position);

internal sealed record GetSchemaSyntax(int Position) : OperatorSyntax(Position);

/// <summary><c>render</c>: advice for a client, without effect on the rows.</summary>
internal sealed record RenderSyntax(int Position) : OperatorSyntax(Position);

/// <summary>Where a pipeline's rows come from.</summary>
internal abstract record PipelineSourceSyntax(int Position);

internal sealed record TableSourceSyntax(int Position, string Name) : PipelineSourceSyntax(Position);

internal sealed record PrintSourceSyntax(int Position, IReadOnlyList<NamedExpressionSyntax> Items) : PipelineSourceSyntax(Position);

internal sealed record DatatableSourceSyntax(int Position, IReadOnlyList<Column> Columns, IReadOnlyList<ExpressionSyntax> Values) : PipelineSourceSyntax(Position);

/// <summary><c>range name from … to … step …</c>.</summary>
internal sealed record RangeSourceSyntax(int Position, string Column, ExpressionSyntax From, ExpressionSyntax To, ExpressionSyntax Step) : PipelineSourceSyntax(Position);

internal sealed record NestedSourceSyntax(int Position, PipelineSyntax Pipeline) : PipelineSourceSyntax(Position);

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

/// <summary><c>declare query_parameters(…)</c>.</summary>
internal sealed record DeclareSyntax(int Position, IReadOnlyList<ParameterSyntax> Parameters) : StatementSyntax(Position);

/// <summary><c>set name = value</c>; null where no value is given.</summary>
internal sealed record SetSyntax(int Position, string Name, string? Value) : StatementSyntax(Position);

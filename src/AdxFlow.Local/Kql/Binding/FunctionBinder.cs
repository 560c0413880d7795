using AdxFlow.Local.Kql.Expressions;
using AdxFlow.Local.Kql.Operators;
using AdxFlow.Local.Kql.Syntax;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Binding;

/// <summary>Binds a call of a function of the query: its body, with the arguments in the place of the parameters.</summary>
/// <remarks>Source: Microsoft Learn, "User-defined functions".</remarks>
internal sealed class FunctionBinder
{
    private readonly Scope _caller;
    private readonly Function _function;
    private readonly int _position;

    private FunctionBinder(Scope caller, Function function, int position)
    {
        _caller = caller;
        _function = function;
        _position = position;
    }

    private LetFunctionSyntax Syntax => _function.Syntax;

    public static Expression BindScalar(Scope caller, Function function, CallSyntax call, ExpressionBinder arguments)
    {
        if (function.IsTabular) throw KqlException.Semantic(caller.Source, call.Position, $"Scalar value expected: the function '{call.Name}' gives a table.");
        Scope body = new FunctionBinder(caller, function, call.Position).Enter(call.Arguments, arguments);
        return new ExpressionBinder(body, "let", []).Bind(function.Syntax.Scalar!);
    }

    public static TabularOperator BindTabular(Scope caller, Function function, int position, IReadOnlyList<ExpressionSyntax> arguments)
    {
        if (!function.IsTabular) throw KqlException.Semantic(caller.Source, position, $"Tabular value expected: the function '{function.Syntax.Name}' gives a scalar.");
        Scope body = new FunctionBinder(caller, function, position).Enter(arguments, new ExpressionBinder(caller, "let", []));
        return new PipelineBinder(body).Bind(function.Syntax.Pipeline ?? PipelineBinder.PipelineOf(function.Syntax.Scalar!)!);
    }

    private Scope Enter(IReadOnlyList<ExpressionSyntax> arguments, ExpressionBinder binder)
    {
        _caller.CountCall(_position);
        Scope body = _function.Scope.CreateInner();
        body.IsRepeated |= _caller.IsRepeated;
        body.Origin = RowOrigin.Open;
        ExpressionSyntax?[] given = Match(arguments);
        for (int i = 0; i < given.Length; i++)
        {
            FunctionParameterSyntax parameter = Syntax.Parameters[i];
            body.Scalars.Remove(parameter.Name);
            body.Tabulars.Remove(parameter.Name);
            body.Functions.Remove(parameter.Name);
            if (parameter.Columns is not null)
                body.Tabulars[parameter.Name] = BindTable(parameter, given[i]!);
            else
                body.Scalars[parameter.Name] = given[i] is { } argument
                    ? Fit(parameter, argument, binder.Bind(argument))
                    : Fit(parameter, parameter.Default!, new ExpressionBinder(_function.Scope, "let", []).Bind(parameter.Default!));
        }

        foreach (StatementSyntax statement in Syntax.Lets)
            StatementBinder.BindLet(body, statement);
        return body;
    }

    // Named arguments may stand in any order; what is left out has a default.
    private ExpressionSyntax?[] Match(IReadOnlyList<ExpressionSyntax> arguments)
    {
        var given = new ExpressionSyntax?[Syntax.Parameters.Count];
        if (arguments.Count > given.Length) throw Error($"the function expects {given.Length} argument(s).");
        for (int i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is not NamedArgumentSyntax named)
            {
                given[i] = arguments[i];
                continue;
            }

            int at = Enumerable.Range(0, given.Length).FirstOrDefault(p => Syntax.Parameters[p].Name == named.Name, -1);
            if (at < 0 || given[at] is not null) throw Error($"there is no parameter '{named.Name}' to set.");
            given[at] = named.Value;
        }

        for (int i = 0; i < given.Length; i++)
        {
            if (given[i] is null && Syntax.Parameters[i].Default is null) throw Error($"the argument '{Syntax.Parameters[i].Name}' is missing.");
        }

        return given;
    }

    private TabularOperator BindTable(FunctionParameterSyntax parameter, ExpressionSyntax argument)
    {
        TabularOperator table = new PipelineBinder(_caller).Bind(PipelineBinder.PipelineOf(argument)
            ?? throw KqlException.Semantic(_caller.Source, argument.Position, "Tabular value expected."));
        foreach (Column column in parameter.Columns!)
        {
            if (!table.Schema.Contains(column))
                throw KqlException.Semantic(_caller.Source, argument.Position, $"The tabular value does not have the required column '{column.Name}' of type {KustoTypes.Name(column.Type)}.");
        }

        if (parameter.Columns.Count > 0 && table.Schema.Count > parameter.Columns.Count)
            throw KqlException.NotSupported(_caller.Source, argument.Position, "table as an argument with more columns than the parameter declares", "Project those it declares.");
        return table;
    }

    // A constant may become narrower where it loses nothing by it, as in f(1) for an int.
    private Expression Fit(FunctionParameterSyntax parameter, ExpressionSyntax syntax, Expression value)
    {
        if (value.Type == parameter.Type) return value;
        if (Conversion.IsNumeric(value.Type) && Conversion.IsNumeric(parameter.Type) && Conversion.To(value, parameter.Type) is { } converted)
        {
            if (value.Type < parameter.Type) return converted;
            bool integers = Conversion.IsInteger(value.Type) && Conversion.IsInteger(parameter.Type);
            if (integers && converted is ConstantExpression narrow && value is ConstantExpression wide && narrow.Value is null == wide.Value is null)
                return converted;
        }

        throw KqlException.NotSupported(_caller.Source, syntax.Position, $"argument of type {KustoTypes.Name(value.Type)} for the parameter '{parameter.Name}' of type {KustoTypes.Name(parameter.Type)}", "Cast it.");
    }

    private KqlException Error(string message) => KqlException.Semantic(_caller.Source, _position, $"{Syntax.Name}(): {message}");
}

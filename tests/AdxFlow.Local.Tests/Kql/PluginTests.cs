using AdxFlow.Local.Kql;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Tests.Kql;

/// <summary>The plugins of evaluate; the first cases are the examples of the documentation. The first line of an answer is its columns.</summary>
public sealed class PluginTests
{
    private const string Cases = """"
        > datatable(d:dynamic)[dynamic({"Name": "John", "Age":20}), dynamic({"Name": "Dave", "Age":40}), dynamic({"Name": "Jasmine", "Age":30}),] | evaluate bag_unpack(d)
        Age:long, Name:string
        [20,"John"]
        [40,"Dave"]
        [30,"Jasmine"]
        > datatable(d:dynamic)[dynamic({"Name": "John", "Age":20}), dynamic({"Name": "Dave", "Age":40}), dynamic({"Name": "Jasmine", "Age":30}),] | evaluate bag_unpack(d, 'Property_')
        Property_Age:long, Property_Name:string
        [20,"John"]
        [40,"Dave"]
        [30,"Jasmine"]
        > datatable(Name:string, d:dynamic)['James', dynamic({"Name": "John", "Age":20}), 'David', dynamic({ "Age":40}), 'Emily', dynamic({"Name": "Jasmine", "Age":30}),] | evaluate bag_unpack(d, columnsConflict='replace_source')
        Name:string, Age:long
        ["John",20]
        ["",40]
        ["Jasmine",30]
        > datatable(Name:string, d:dynamic)['James', dynamic({"Name": "John", "Age":20}), 'David', dynamic({"Name": "Dave", "Age":40}), 'Emily', dynamic({"Name": "Jasmine", "Age":30}),] | evaluate bag_unpack(d, columnsConflict='keep_source')
        Name:string, Age:long
        ["James",20]
        ["David",40]
        ["Emily",30]
        > datatable(d:dynamic)[dynamic({"Name": "John", "Age":20, "Address": "Address-1" }), dynamic({"Name": "Dave", "Age":40, "Address": "Address-2"}), dynamic({"Name": "Jasmine", "Age":30, "Address": "Address-3"}),] | evaluate bag_unpack(d, ignoredProperties=dynamic(['Address', 'Age']))
        Name:string
        ["John"]
        ["Dave"]
        ["Jasmine"]
        > datatable(d:dynamic)[dynamic({"Name": "John", "Age":20}), dynamic({ "Name": "Dave", "Height": 170, "Age":40}), dynamic({"Name": "Jasmine", "Age":30}),] | evaluate bag_unpack(d)
        Age:long, Height:long, Name:string
        [20,null,"John"]
        [40,170,"Dave"]
        [30,null,"Jasmine"]
        > datatable(d:dynamic, Description: string)[dynamic({"Name": "John", "Age":20, "height":180}), "Student", dynamic({"Name": "Dave", "Age":40, "height":160}), "Teacher", dynamic({"Name": "Jasmine", "Age":30, "height":172}), "Student",] | evaluate bag_unpack(d) : (*, Name:string, Age:long)
        Description:string, Name:string, Age:long
        ["Student","John",20]
        ["Teacher","Dave",40]
        ["Student","Jasmine",30]
        > datatable(d:dynamic)[dynamic({"a":1,"b":[1],"c":null,"e":true}), dynamic({"a":1.5,"c":"x"}), dynamic(null)] | evaluate bag_unpack(d) | getschema
        ColumnName:string, ColumnOrdinal:long, DataType:string, ColumnType:string
        ["a",0,"System.Object","dynamic"]
        ["b",1,"System.Object","dynamic"]
        ["c",2,"System.String","string"]
        ["e",3,"System.SByte","bool"]
        > datatable(State:string, EventType:string, n:long)["ALABAMA","Wind",3,"ALASKA","High",4,"ALASKA","Wind",5,"ALASKA","Wind",1] | evaluate pivot(State)
        EventType:string, n:long, ALABAMA:long, ALASKA:long
        ["Wind",3,1,0]
        ["High",4,0,1]
        ["Wind",5,0,1]
        ["Wind",1,0,1]
        > datatable(State:string, EventType:string, n:long)["ALABAMA","Wind",3,"ALASKA","High",4,"ALASKA","Wind",5,"ALASKA","Wind",1] | project State, EventType | evaluate pivot(State)
        EventType:string, ALABAMA:long, ALASKA:long
        ["Wind",1,2]
        ["High",0,1]
        > datatable(State:string, EventType:string, n:long)["ALABAMA","Wind",3,"ALASKA","High",4,"ALASKA","Wind",5,"ALASKA","Wind",1] | evaluate pivot(State, sum(n))
        EventType:string, ALABAMA:long, ALASKA:long
        ["Wind",3,6]
        ["High",0,4]
        > datatable(State:string, EventType:string, n:long)["ALABAMA","Wind",3,"ALASKA","High",4,"ALASKA","Wind",5,"ALASKA","Wind",1] | evaluate pivot(State, max(n), EventType)
        EventType:string, ALABAMA:long, ALASKA:long
        ["Wind",3,5]
        ["High",null,4]
        > datatable(State:string, EventType:string, n:long)["ALABAMA","Wind",3,"ALASKA","High",4,"ALASKA","Wind",5,"ALASKA","Wind",1] | evaluate pivot(State, make_list(n), EventType) : (EventType:string, ALASKA:dynamic, TEXAS:dynamic)
        EventType:string, ALASKA:dynamic, TEXAS:dynamic
        ["Wind",[5,1],[]]
        ["High",[4],[]]
        > datatable(State:string, EventType:string, n:long)["ALABAMA","Wind",3,"ALASKA","High",4,"ALASKA","Wind",5,"ALASKA","Wind",1] | project State | evaluate pivot(State)
        ALABAMA:long, ALASKA:long
        [1,3]
        > datatable(State:string, EventType:string, n:long)["ALABAMA","Wind",3,"ALASKA","High",4,"ALASKA","Wind",5,"ALASKA","Wind",1] | evaluate pivot(n, count(), State) | extend ['3'] + 1
        State:string, 3:long, 4:long, 5:long, 1:long, Column1:long
        ["ALABAMA",1,0,0,0,2]
        ["ALASKA",0,1,1,1,1]
        > T | where isnotempty(s) | evaluate pivot(s, avg(l), i)
        i:int, apple pie:real, Banana:real, apple:real
        [1,10,null,null]
        [2,null,20,null]
        [3,null,null,30]
        > T | where isnotempty(s) | evaluate pivot(s, stdev(l), i) | take 1
        i:int, apple pie:real, Banana:real, apple:real
        [1,0,0,0]
        > T | where i == 1 | project i, b, dt, ts, s | evaluate narrow()
        Row:long, Column:string, Value:string
        [0,"i","1"]
        [0,"b","True"]
        [0,"dt","2024-01-01 10:00:00.0000000"]
        [0,"ts","01:00:00"]
        [0,"s","apple pie"]
        """";

    public static TheoryData<string, string> All => QueryCases.Parse(Cases);

    [Theory]
    [MemberData(nameof(All))]
    public void Columns_and_rows_are_those_of_the_documentation(string query, string expected)
    {
        ResultSet result = QueryRunner.Run(query);
        Assert.Equal(expected, $"{QueryRunner.Columns(result)}\n{QueryRunner.Rows(result)}");
    }

    [Theory]
    [InlineData("print d = dynamic([1]) | evaluate bag_unpack(d)", "no bag")]
    [InlineData("print d = dynamic({'a': null}) | evaluate bag_unpack(d)", "null in all bags")]
    [InlineData("print a = 1, d = dynamic({'a': 1}) | evaluate bag_unpack(d) : (*, a:long)", "column 'a' of the input")]
    [InlineData("print d = dynamic({'a': 1}) | evaluate bag_unpack(d, 'x_') : (a:long)", "without the prefix 'x_'")]
    [InlineData("print d = dynamic({'a': 1}) | evaluate bag_unpack(d) : (a:string)", "of kind long in a column of type string")]
    [InlineData("print d = dynamic({'a': 1}), x = dynamic([1]) | mv-apply x on (evaluate bag_unpack(d))", "in a subquery that runs several times")]
    [InlineData("print a = '', b = 1 | evaluate pivot(a)", "an empty value")]
    [InlineData("print a = 1.5, b = 1 | evaluate pivot(a)", "of values of type real")]
    [InlineData("print a = 'x', b = 1, c = 2 | evaluate pivot(a, sum(b + c))", "of an expression")]
    [InlineData("print a = 'x', b = 1 | evaluate pivot(a, count(), b) : (x:long)", "does not begin with the column 'b'")]
    [InlineData("print a = int(null) | evaluate narrow()", "narrow() writes null")]
    [InlineData("print a = 1.5 | evaluate narrow()", "of type real in 'narrow()'")]
    [InlineData("print a = 1 | evaluate narrow() : (Row:long)", "columns of the result")]
    [InlineData("T | evaluate autocluster()", "plugin 'autocluster()' (line 1, col 14)")]
    public void What_the_documentation_leaves_open_is_refused(string query, string text)
    {
        KqlException refusal = Assert.Throws<KqlException>(() => QueryRunner.Rows(QueryRunner.Run(query)));
        Assert.Equal(KqlErrorKind.NotSupported, refusal.Kind);
        Assert.Contains(text, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("T | evaluate bag_unpack()", "between 1 and 4")]
    [InlineData("T | evaluate bag_unpack(s)", "a column of type dynamic")]
    [InlineData("T | evaluate bag_unpack(d.x)", "a column of type dynamic")]
    [InlineData("T | evaluate bag_unpack(d, s)", "a constant string")]
    [InlineData("T | evaluate bag_unpack(d, '', 'both')", "'keep_source' expected")]
    [InlineData("T | evaluate bag_unpack(d, '', 'error', dynamic([1]))", "array of strings")]
    [InlineData("T | evaluate bag_unpack(d, nosuch='x')", "no such parameter")]
    [InlineData("print a = 1, d = dynamic({'a': 1}) | evaluate bag_unpack(d)", "'a' is there already")]
    [InlineData("print d = dynamic({'a/b': 1}) | evaluate bag_unpack(d)", "not a valid name")]
    [InlineData("T | evaluate pivot()", "at least 1")]
    [InlineData("T | evaluate pivot(i + 1)", "the name of a column")]
    [InlineData("T | evaluate pivot(s, percentile(l, 5))", "none of its aggregation functions")]
    [InlineData("T | evaluate pivot(s, sum(l), i) : (i:int, a:string)", "'a' is of type long")]
    [InlineData("print a = 'b', b = 1 | evaluate pivot(a, count(), b)", "'b', as is a column")]
    [InlineData("T | evaluate narrow(1)", "0 argument(s)")]
    [InlineData("T | evaluate nosuch()", "Unknown plugin: 'nosuch'")]
    [InlineData("T | evaluate bag_unpack(d) : (a:nosuch)", "a type expected")]
    [InlineData("T | evaluate bag_unpack(d) : (a:long, a:int)", "already declared")]
    public void What_is_wrong_is_an_error(string query, string text)
    {
        KqlException error = Assert.Throws<KqlException>(() => QueryRunner.Rows(QueryRunner.Run(query)));
        Assert.NotEqual(KqlErrorKind.NotSupported, error.Kind);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_rows_go_through()
    {
        const string Rows = "range n from 1 to 150000 step 1";
        Assert.Equal("[150000,11250075000,100]", QueryRunner.Rows(QueryRunner.Run($"{Rows} | extend d = bag_pack('m', n, 'k', n % 100) | evaluate bag_unpack(d) | summarize count(), sum(m), dcount(k)")));
        Assert.Equal("[70000,80000,70000]", QueryRunner.Rows(QueryRunner.Run($"{Rows} | extend k = n % 70000, p = strcat('p', n / 70000) | evaluate pivot(p, count(), k) | summarize count(), sum(p0) + sum(p2), sum(p1)")));
        Assert.Equal("[300000,150000,149999]", QueryRunner.Rows(QueryRunner.Run($"{Rows} | extend t = 'x' | evaluate narrow() | summarize count(), dcount(Row), max(Row)")));
    }
}

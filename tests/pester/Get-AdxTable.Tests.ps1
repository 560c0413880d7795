# Tables and their columns, by name and by pattern.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'Name'; Form = 'String[], position 0, from pipeline' }
        @{ Parameter = 'Detailed'; Form = 'SwitchParameter' }
        @{ Parameter = 'Connection'; Form = 'AdxConnection' }
        @{ Parameter = 'Database'; Form = 'String, by name' }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $connection = Connect-Adx -Local
    $null = New-AdxTable Alpha 'a:long', 'b:string' -Folder f -DocString d
    $null = New-AdxTable Alpine 'a:long'
    $null = New-AdxTable Beta 'a:long'
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 Get-AdxTable $parameters

Describe 'Get-AdxTable' {
    It 'writes every table, in order, as objects' {
        $tables = Get-AdxTable
        $tables | Should -BeOfType 'AdxFlow.AdxTable'
        $tables.Name | Should -BeExactly 'Alpha', 'Alpine', 'Beta'
    }

    It 'finds by pattern, whatever the case' {
        (Get-AdxTable 'alp*').Name | Should -BeExactly 'Alpha', 'Alpine'
        (Get-AdxTable 'Alp[h]a').Name | Should -BeExactly 'Alpha'
    }

    It 'finds by name, with all that is known' {
        $table = Get-AdxTable Alpha
        $table.Columns.Name | Should -BeExactly 'a', 'b'
        $table.Columns.Type | Should -Be 'Long', 'String'
        $table.Folder | Should -BeExactly 'f'
        $table.DocString | Should -BeExactly 'd'
    }

    It 'knows the same of a table by name and by pattern' {
        (Get-AdxTable Alpha | ConvertTo-Json) | Should -BeExactly (Get-AdxTable 'Alpha*' | ConvertTo-Json)
    }

    It 'takes several names, as argument and from the pipeline' {
        (Get-AdxTable Alpha, Beta).Name | Should -BeExactly 'Alpha', 'Beta'
        ('Alpha', 'Beta' | Get-AdxTable).Name | Should -BeExactly 'Alpha', 'Beta'
    }

    It 'takes the name out of an object of one''s own, as of a row of a file' {
        ('Name,Owner', 'Alpha,x', 'Beta,y' | ConvertFrom-Csv | Get-AdxTable).Name | Should -BeExactly 'Alpha', 'Beta'
        (Invoke-AdxCommand '.show tables | project TableName | sort by TableName asc | take 1' | Get-AdxTable).Name | Should -BeExactly 'Alpha'
        ([pscustomobject]@{ Table = 'Beta'; Name = 'Alpha' }, @{ Table = 'Alpha' } | Get-AdxTable).Name | Should -BeExactly 'Beta', 'Alpha'
        Get-AdxTable Alpha | Export-Clixml "$TestDrive/table.xml"
        (Import-Clixml "$TestDrive/table.xml" | Get-AdxTable).Name | Should -BeExactly 'Alpha'
    }

    It 'takes no name out of an object that is no table' {
        $null = [pscustomobject]@{ Id = 1 } | Get-AdxTable -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InputObjectNotBound,*'
        # A database gives its tables, that of another session too; it is no table of the same name.
        Get-AdxDatabase NetDefaultDB | Export-Clixml "$TestDrive/database.xml"
        (Import-Clixml "$TestDrive/database.xml" | Get-AdxTable).Name | Should -Be (Get-AdxTable).Name
    }

    It 'finds nothing for a pattern without error' {
        Get-AdxTable 'Nothing*' -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'says of a name that it is missing, and goes on with the next' {
        $found = Get-AdxTable Missing, Beta -ErrorVariable failures -ErrorAction SilentlyContinue
        $found.Name | Should -BeExactly 'Beta'
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxTableNotFound,*'
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failures[0].TargetObject | Should -BeExactly 'Missing'
        $failures[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'honours -ErrorAction' {
        (Get-Failure { Get-AdxTable Missing -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'AdxTableNotFound,*'
        Get-AdxTable Missing -ErrorAction Ignore -ErrorVariable failures
        $failures | Should -BeNullOrEmpty
        Get-AdxTable Missing -ErrorAction Continue 2>&1 | Should -BeOfType 'System.Management.Automation.ErrorRecord'
    }

    It 'tells rows and sizes with -Detailed only' {
        (Get-AdxTable Alpha).RowCount | Should -BeNullOrEmpty
        (Get-AdxTable Alpha -Detailed).RowCount | Should -Be 0
        $null = 1..3 | ForEach-Object { [pscustomobject]@{ a = $_ } } | Send-AdxData Beta -Wait
        (Get-AdxTable Beta -Detailed).RowCount | Should -Be 3
        ((Get-AdxTable -Detailed) | Where-Object Name -EQ Beta).RowCount | Should -Be 3
    }

    It 'uses the connection that it is given' {
        $other = Open-LocalCluster
        try {
            $elsewhere = Connect-Adx -Local $other.ClusterUri
            Get-AdxTable -Connection $connection | Should -HaveCount 3
            Get-AdxTable -Connection $elsewhere | Should -BeNullOrEmpty
        }
        finally {
            $other.Dispose()
            $null = Connect-Adx -Local
        }
    }

    It 'refuses an unknown database' {
        $failure = Get-Failure { Get-AdxTable -Database NoSuchDatabase }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxDatabaseNotFound,*'
    }

    It 'asks the cluster once for patterns, however many' {
        $requests = Get-LocalRequest { 'A*', 'B*', '*' | Get-AdxTable }
        @($requests) | Should -HaveCount 1
    }

    It 'stops where Select-Object has enough' {
        (Get-AdxTable | Select-Object -First 1).Name | Should -BeExactly 'Alpha'
        ('Alpha', 'Beta' | Get-AdxTable | Select-Object -First 1).Name | Should -BeExactly 'Alpha'
    }

    It 'shows name and columns by default, in few lines' {
        $lines = @((Get-AdxTable | Out-String -Width 120) -split '\r?\n' | Where-Object { $_.Trim() })
        $lines.Count | Should -BeLessThan 8 -Because 'three tables are a table of three lines, not three lists'
        $lines -join "`n" | Should -BeLike '*Alpha*'
    }
}

Describe 'The completion of table names' {
    It 'offers the names seen, quoted where needed, and sends nothing' {
        $null = New-AdxTable "it's [x]" 'a:long'
        $null = Get-AdxTable
        $script:completions = @()
        Get-LocalRequest {
            $script:completions = (TabExpansion2 'Get-AdxTable Alp').CompletionMatches.CompletionText
            $script:quoted = (TabExpansion2 'Send-AdxData it').CompletionMatches.CompletionText
        } | Should -BeNullOrEmpty
        $completions | Should -BeExactly 'Alpha', 'Alpine'
        $quoted | Should -Contain "'it''s [x]'"
    }
}
